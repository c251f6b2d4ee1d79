#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rarewood {

/// The texts of all elements of that name, at any depth, in order; what is inside them comes as it
/// stands. Enough for S3's answers, which have no nested elements of one name; never fails: what is
/// not there is not found.
std::vector<std::string_view> xml_elements(std::string_view xml, const std::string& name);

/// The first such element's text with &lt; and the like resolved; "" if there is none.
std::string xml_text(std::string_view xml, const std::string& name);

}  // namespace rarewood
