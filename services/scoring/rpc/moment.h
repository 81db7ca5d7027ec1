// Which state of the logs a read tells: the latest, one before a position, or that of a moment.
// Pure functions.
#ifndef SAKIP_SERVICES_SCORING_RPC_MOMENT_H_
#define SAKIP_SERVICES_SCORING_RPC_MOMENT_H_

#include "absl/status/statusor.h"
#include "sakip/scoring/v1/scoring_service.pb.h"
#include "services/scoring/store/history.h"
#include "services/scoring/store/progress.h"

namespace sakip::scoring {

Positions ToPositions(const v1::LogPositions& from);
v1::LogPositions ToProto(const Positions& from);

// What a read asks for.
struct Wanted {
  Basis basis = Basis::kSubmitted;
  Positions at_least;  // To wait for.
  v1::AsOf as_of;      // Checked.
};

// `Request` has `basis`, `at_least` and `as_of`.
//   INVALID_ARGUMENT  INVALID_FIELD  `basis` or `as_of` is none.
absl::StatusOr<Wanted> ToWanted(v1::Sources::Basis basis, const v1::LogPositions& at_least,
                                const v1::AsOf* as_of);
template <typename Request>
absl::StatusOr<Wanted> ToWanted(const Request& request) {
  return ToWanted(request.basis(), request.at_least(),
                  request.has_as_of() ? &request.as_of() : nullptr);
}

// The state that `wanted` means where `read` is read: never more than that, so that it can be told
// again.
AsOf Resolve(const v1::AsOf& wanted, const Positions& read);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_MOMENT_H_
