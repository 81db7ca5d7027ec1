// Printed reports as callers send them for review: numbers, columns and what figures refer to.
#include <google/protobuf/text_format.h>

#include "common/base/log.h"
#include "sakip/scoring/v1/review_service.pb.h"
#include "services/scoring/domain/review/report_index.h"
#include "services/scoring/rpc/report_from_proto.h"
#include "tests/fuzz/message_target.h"

namespace sakip::fuzz {

void TryMessage(const google::protobuf::Message& message) {
  const auto& request = dynamic_cast<const scoring::v1::ReviewReportRequest&>(message);
  const auto report = scoring::ReportFromProto(request.tables());
  if (!report.ok()) return;
  const auto index = scoring::review::ReportIndex::Create(*report);
  if (!index.ok()) return;
  for (const scoring::review::PrintedCell& cell : index->cells()) {
    static_cast<void>(cell.Location());
    static_cast<void>(cell.Text());
  }
}

Messages SeedMessages() {
  auto request = std::make_unique<scoring::v1::ReviewReportRequest>();
  SAKIP_CHECK(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        scorecard: "regions/35.09/agencies/dinsos/scorecards/2023Q4"
        tables {
          name: "Tabel 3.6"
          columns { name: "target" format: NUMBER_FORMAT_INDONESIAN }
          columns { name: "realization" format: NUMBER_FORMAT_INDONESIAN }
          columns {
            name: "achievement"
            format: NUMBER_FORMAT_DECIMAL_POINT
            unit: "%"
            claims {
              quotient {
                dividend { cell { column: "realization" } }
                divisor { cell { column: "target" } }
                against_target: true
              }
            }
            claims { equals { scorecard { value: VALUE_ACHIEVEMENT } } }
          }
          figures { row: "SK1.1" column: "target" printed: "1.500 orang" }
          figures { row: "SK1.1" column: "realization" printed: "1.481 orang" }
          figures { row: "SK1.1" column: "achievement" printed: "98.73 %" place: "l.818" }
        }
      )pb",
      request.get()));
  Messages seeds;
  seeds.push_back(std::move(request));
  return seeds;
}

}  // namespace sakip::fuzz
