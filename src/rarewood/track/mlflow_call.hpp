#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "rarewood/track/tracking_server.hpp"

namespace rarewood {

// What the calls of MLflow's REST interface share. Only .cpp files of this room include this.

/// \throws Error(external) "... refused WHAT: WHY".
[[noreturn]] void refuse_call(const TrackingServer& server, const std::string& what,
                              const std::string& why);

/// Of a call such as "runs/create".
std::string call_path(const std::string& call);

/// As one line; text that is not UTF-8 is replaced.
std::string json_text(const nlohmann::json& json);

/// POST a body to a call such as "runs/create".
TrackingReply post_call(const TrackingServer& server, const std::string& call,
                        const nlohmann::json& body);

/// GET a call with its query: "registered-models/get?name=a".
TrackingReply get_call(const TrackingServer& server, const std::string& call);

/// The result of a call; a refusal of any kind is an error.
nlohmann::json result_of_call(const TrackingServer& server, const std::string& call,
                              const nlohmann::json& body);

/// Asked a second time where MLflow refuses it. Of two senders that are the first to name a table
/// or an alias at the same time it refuses one with the words of its data base (UNIQUE constraint);
/// by then the name is known, and asking again helps.
TrackingReply ask_again_if_refused(const TrackingServer& server, const TrackingRequest& request);

/// The same for a call that makes something: the server sees it at most once.
nlohmann::json made_by_call(const TrackingServer& server, const std::string& call,
                            const nlohmann::json& body);

/// A text deep in a result; an answer without it is not MLflow's.
std::string text_at(const TrackingServer& server, const nlohmann::json& json,
                    const std::string& pointer);

}  // namespace rarewood
