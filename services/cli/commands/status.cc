#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "sakip/eventlog/v1/event_log_service.grpc.pb.h"
#include "sakip/scoring/v1/scoring_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/session/health.h"

namespace sakip::cli {
namespace {

using eventlog::v1::EventLogService;
using scoring::v1::LogPositions;
using scoring::v1::ScoringService;

struct Arguments {};

// What was learnt about one service.
struct ServiceState {
  Peer peer = Peer::kPlanning;
  absl::Status call;  // Of the read that only a working service answers.
  Health health = Health::kUnknown;
  std::optional<uint64_t> end;  // Records in its log, where it owns one and told.

  // A refusal is an answer: who may not read the log still learns that the service is there. Health
  // decides where the service tells it.
  bool up() const {
    if (health == Health::kServing) return true;
    if (health != Health::kNotOffered) return false;
    return call.code() != absl::StatusCode::kUnavailable &&
           call.code() != absl::StatusCode::kDeadlineExceeded;
  }

  std::string words() const {
    if (up()) return call.ok() ? "up" : absl::StrCat("up, ", absl::StatusCodeToString(call.code()));
    return health == Health::kNotServing ? "not serving" : "unreachable";
  }
};

ServiceState AskLog(Session& session, Peer peer) {
  ServiceState state;
  state.peer = peer;
  state.health = AskHealth(session, peer);
  const auto head =
      session.Call(peer, &EventLogService::Stub::GetHead, eventlog::v1::GetHeadRequest());
  state.call = head.status();
  if (head.ok()) state.end = head->end_position();
  return state;
}

// Records that scoring has yet to read. What the log itself says counts before what scoring last
// heard of it.
uint64_t Lag(const ServiceState& log, uint64_t read, uint64_t heard) {
  const uint64_t end = log.end.value_or(heard);
  return end > read ? end - read : 0;
}

struct Report {
  std::vector<ServiceState> services;
  std::optional<uint64_t> planning_lag;  // Nothing where scoring did not tell.
  std::optional<uint64_t> realization_lag;
};

Report Ask(Session& session) {
  Report report;
  report.services = {AskLog(session, Peer::kPlanning), AskLog(session, Peer::kRealization)};
  ServiceState scoring;
  scoring.peer = Peer::kScoring;
  scoring.health = AskHealth(session, Peer::kScoring);
  const auto progress = session.Call(Peer::kScoring, &ScoringService::Stub::GetProgress,
                                     scoring::v1::GetProgressRequest());
  scoring.call = progress.status();
  if (progress.ok()) {
    const LogPositions& read = progress->read();
    const LogPositions& end = progress->end();
    report.planning_lag = Lag(report.services[0], read.planning(), end.planning());
    report.realization_lag = Lag(report.services[1], read.realization(), end.realization());
  }
  report.services.push_back(scoring);
  return report;
}

std::string NumberText(std::optional<uint64_t> number) {
  return number.has_value() ? absl::StrCat(*number) : "-";
}

std::string Render(Session& session, const Report& report) {
  Table table({{"Service"}, {"Address"}, {"State"}, {"Records", Column::Align::kRight}});
  for (const ServiceState& service : report.services) {
    table.Add({Cell(PeerName(service.peer)), session.address(service.peer),
               Cell(service.words(), service.up() ? Color::kGreen : Color::kRed),
               NumberText(service.end)});
  }
  return absl::StrCat(table.Render(session.options().screen), "\nScoring has yet to read ",
                      NumberText(report.planning_lag), " records of planning and ",
                      NumberText(report.realization_lag), " of realization.\n");
}

nlohmann::ordered_json NumberJson(std::optional<uint64_t> number) {
  return number.has_value() ? nlohmann::ordered_json(*number) : nlohmann::ordered_json();
}

std::string ToJson(Session& session, const Report& report) {
  nlohmann::ordered_json json = {{"services", nlohmann::ordered_json::array()}};
  for (const ServiceState& service : report.services) {
    nlohmann::ordered_json entry;
    entry["service"] = std::string(PeerName(service.peer));
    entry["address"] = session.address(service.peer);
    entry["up"] = service.up();
    entry["state"] = service.words();
    entry["records"] = NumberJson(service.end);
    json["services"].push_back(std::move(entry));
  }
  json["lag"]["planning"] = NumberJson(report.planning_lag);
  json["lag"]["realization"] = NumberJson(report.realization_lag);
  return json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

ExitCode Status(Session& session, const Arguments&) {
  const Report report = Ask(session);
  session.out() << (session.options().json ? ToJson(session, report) : Render(session, report));
  for (const ServiceState& service : report.services) {
    if (!service.up()) return ExitCode::kUnreachable;
  }
  return ExitCode::kOk;
}

}  // namespace

void AddStatusCommand(CLI::App& app, Action& action) {
  auto& status = *app.add_subcommand("status", "Tell whether the services work and keep up");
  status.footer("Exits with 3 where a service is down.\nExample:\n  sakipctl status");
  Bind(status, action, std::make_shared<Arguments>(), &Status);
}

}  // namespace sakip::cli
