#include "services/scoring/rpc/moment.h"

#include <algorithm>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/message/timestamp.h"

namespace sakip::scoring {
namespace {

absl::Status CheckAsOf(const v1::AsOf& as_of) {
  switch (as_of.state_case()) {
    case v1::AsOf::kPositions:
      return absl::OkStatus();
    case v1::AsOf::kTime:
      if (IsTimestamp(as_of.time())) return absl::OkStatus();
      return InvalidField("as_of.time", "is no time of the years 1 to 9999");
    case v1::AsOf::STATE_NOT_SET:
      break;
  }
  return InvalidField("as_of", "has neither positions nor a time; leave it out for the latest");
}

absl::StatusOr<Basis> ToBasis(v1::Sources::Basis basis) {
  switch (basis) {
    case v1::Sources::BASIS_UNSPECIFIED:
    case v1::Sources::BASIS_SUBMITTED:
      return Basis::kSubmitted;
    case v1::Sources::BASIS_VERIFIED:
      return Basis::kVerified;
    default:
      return InvalidField("basis", "is none; BASIS_SUBMITTED or BASIS_VERIFIED");
  }
}

}  // namespace

Positions ToPositions(const v1::LogPositions& from) {
  return {from.planning(), from.realization()};
}

v1::LogPositions ToProto(const Positions& from) {
  v1::LogPositions to;
  to.set_planning(from.planning);
  to.set_realization(from.realization);
  return to;
}

absl::StatusOr<Wanted> ToWanted(v1::Sources::Basis basis, const v1::LogPositions& at_least,
                                const v1::AsOf* as_of) {
  Wanted wanted;
  ASSIGN_OR_RETURN(wanted.basis, ToBasis(basis));
  wanted.at_least = ToPositions(at_least);
  if (as_of == nullptr) return wanted;
  RETURN_IF_ERROR(CheckAsOf(*as_of));
  wanted.as_of = *as_of;
  if (as_of->has_positions()) {
    const Positions positions = ToPositions(as_of->positions());
    wanted.at_least.planning = std::max(wanted.at_least.planning, positions.planning);
    wanted.at_least.realization = std::max(wanted.at_least.realization, positions.realization);
  }
  return wanted;
}

AsOf Resolve(const v1::AsOf& wanted, const Positions& read) {
  const Positions positions = wanted.has_positions() ? ToPositions(wanted.positions()) : read;
  AsOf as_of{positions.planning, positions.realization};
  if (wanted.has_time()) as_of.time = FromTimestamp(wanted.time());
  return as_of;
}

}  // namespace sakip::scoring
