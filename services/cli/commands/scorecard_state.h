// ScorecardState: which quarter, and which state of it, a command about scorecards asks for.
//
// Not thread-safe.
#ifndef SAKIP_SERVICES_CLI_COMMANDS_SCORECARD_STATE_H_
#define SAKIP_SERVICES_CLI_COMMANDS_SCORECARD_STATE_H_

#include <CLI/App.hpp>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/status_macros.h"
#include "sakip/scoring/v1/scoring_service.pb.h"
#include "services/cli/commands/newest.h"
#include "services/cli/session/session.h"

namespace sakip::cli {

struct StateArguments {
  int year = 0;
  int quarter = 0;
  std::string as_of;
  bool verified = false;
  bool no_fresh = false;
};

// What they are given is filled when the command line is read, and outlives that.
void AddPeriodOptions(CLI::App& command, int& year, int& quarter);
void AddStateOptions(CLI::App& command, StateArguments& arguments);

// `12:34`.
std::string PositionsText(const scoring::v1::LogPositions& positions);

// INVALID_ARGUMENT where the text is no such two positions.
absl::StatusOr<scoring::v1::LogPositions> ParsePositions(const std::string& text);

// INVALID_ARGUMENT where the text is neither a time nor two positions.
absl::StatusOr<scoring::v1::AsOf> ParseAsOf(const std::string& text);

// Which state to tell: of the past, or one in which callers see what they wrote a moment ago.
//   INVALID_ARGUMENT  `as_of` is none.
template <typename Request>
absl::Status AskForState(Session& session, const StateArguments& arguments, Request& request) {
  if (arguments.verified) request.set_basis(scoring::v1::Sources::BASIS_VERIFIED);
  if (!arguments.as_of.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_as_of(), ParseAsOf(arguments.as_of));
  }
  if (arguments.no_fresh || request.as_of().has_positions()) return absl::OkStatus();
  AskForNewest(session, *request.mutable_at_least());
  return absl::OkStatus();
}

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_COMMANDS_SCORECARD_STATE_H_
