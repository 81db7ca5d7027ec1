// What streams of scorecards ask for, checked. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_RPC_FEED_QUERY_H_
#define SAKIP_SERVICES_SCORING_RPC_FEED_QUERY_H_

#include <google/protobuf/field_mask.pb.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "sakip/scoring/v1/scorecard_feed_service.pb.h"
#include "services/scoring/rpc/moment.h"
#include "services/scoring/rpc/scorecard_to_proto.h"
#include "services/scoring/store/positions.h"

namespace sakip::scoring {

// How far a watch has come: sakip.scoring.v1.WatchPosition, whose comments say more.
struct WatchPlace {
  Positions complete;
  std::optional<Positions> round;
  std::string through;  // An agency; empty where the round has just begun.
};

v1::WatchPosition ToProto(const WatchPlace& place);

struct WatchQuery {
  ResourceName scope;
  Period period;
  Basis basis = Basis::kSubmitted;
  google::protobuf::FieldMask read_mask;  // Of Scorecard; empty: all.
  WatchPlace from;
};

//   INVALID_ARGUMENT  INVALID_FIELD  a field is none.
absl::StatusOr<WatchQuery> ToWatchQuery(const v1::WatchScorecardsRequest& request);

// How far an export has come in the order of agencies and quarters.
struct ExportPlace {
  std::string agency;  // Empty before all.
  int quarter = 0;     // The last one of it that was exported.
};

struct ExportQuery {
  ResourceName scope;
  int year = kYearMin;
  std::vector<int> quarters;  // In order.
  Wanted wanted;
  std::optional<Positions> state;  // That the export told before it broke; absent where it begins.
  View view = View::kBasic;
  google::protobuf::FieldMask read_mask;  // Of Scorecard; empty: all.
  ExportPlace after;
};

//   INVALID_ARGUMENT  INVALID_FIELD  a field is none.
absl::StatusOr<ExportQuery> ToExportQuery(const v1::ExportScorecardsRequest& request);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_FEED_QUERY_H_
