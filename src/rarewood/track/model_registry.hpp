#pragma once

#include <cstdint>
#include <string>

#include "rarewood/report/run_record.hpp"
#include "rarewood/track/tracking_server.hpp"

namespace rarewood {

inline constexpr const char* kChampion = "champion";
inline constexpr const char* kChallenger = "challenger";

/// The version of the registered model that the run made; "" = none.
/// \param run  the server's id
/// \return "3"
/// \throws Error(external)
std::string version_of_run(const TrackingServer& server, const std::string& name,
                           const std::string& run);

/// A new version of the record's registered model, which is made, too, where there is none. Its
/// tags say what it claims, see alias_claim.hpp.
/// \param run, model  the server's ids
/// \throws Error(external)
std::string create_version(const TrackingServer& server, const std::string& run,
                           const std::string& model, const RunRecord& record);

/// `challenger` points to the version of the newest run, by its start, whatever the order in which
/// runs are sent. `champion` points to the model in use: the version of the last run that wrote the
/// model file that the registry's name stands for, unless a promotion came later; to this version
/// where there is no champion yet. A model with a proved leak never becomes it. Senders at once end
/// with the same aliases as one after the other.
/// \throws Error(external)
void set_aliases(const TrackingServer& server, const std::string& version, const RunRecord& record);

/// Let `champion` point to a version that carries this model id, and note on it since when it is in
/// use; the newest of several, and no other where it points to one of them already.
/// \param name      of the registered model
/// \param since_ms  when the caller looked which model is in use, taken before the look: a model
///                  that was written after it claims more. The claim is later only where another
///                  version claims as much
/// \return the version; another one where a model came into use meanwhile
/// \throws Error(external), also where no version carries it
std::string point_champion(const TrackingServer& server, const std::string& name,
                           const std::string& model_id, std::int64_t since_ms);

}  // namespace rarewood
