// InputFile reads the files that people hand to sakipctl: plans, submissions, agencies, code
// editions, reference values, scoring policies, printed reports and simulations in YAML.
//
// The kind follows from the keys: a file of another kind than the one asked for is one clear error
// and not one for each of its lines. Functions read the disk, are thread-safe and throw nothing.
#ifndef SAKIP_SERVICES_CLI_FILES_INPUT_FILE_H_
#define SAKIP_SERVICES_CLI_FILES_INPUT_FILE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "sakip/planning/v1/agency.pb.h"
#include "sakip/planning/v1/code_edition.pb.h"
#include "sakip/planning/v1/document.pb.h"
#include "sakip/planning/v1/reference_value_service.pb.h"
#include "sakip/planning/v1/scoring_policy_service.pb.h"
#include "sakip/realization/v1/submission.pb.h"
#include "sakip/scoring/v1/review_service.pb.h"
#include "sakip/scoring/v1/scoring_service.pb.h"
#include "services/cli/files/field_places.h"
#include "services/cli/yaml/yaml_message.h"

namespace sakip::cli {

template <typename Message>
struct InputFile {
  std::string path;
  Message message = {};           // Without `revision` and all else that the server sets.
  uint32_t revision = 1;          // Which revision the file is; 1 where it does not say.
  FieldPositions positions = {};  // Of the fields of `message`.
  InputTable table = {};          // Of a plan document that has its long list beside it.
  bool is_request = false;        // It is the request itself and not a message in it.
  // What a file is that is of another kind than Message; nullptr where it is none that is known.
  const google::protobuf::Descriptor* other_kind = nullptr;

  FieldPlaces places() const { return {path, &positions, &table, is_request}; }

  // The revision that must be the latest when the file is sent; 0 where it is the first.
  uint32_t expected_revision() const { return revision - 1; }
};

// Each reads a file of its kind.
//
//   NOT_FOUND         the file cannot be read.
//   INVALID_ARGUMENT  the file is wrong. The message has a line for each fault, with the file's
//                     name, line and column, safe to print.
absl::StatusOr<InputFile<planning::v1::PlanDocument>> ReadPlanFile(absl::string_view path);
absl::StatusOr<InputFile<realization::v1::Submission>> ReadSubmissionFile(absl::string_view path);
absl::StatusOr<InputFile<planning::v1::Agency>> ReadAgencyFile(absl::string_view path);
absl::StatusOr<InputFile<planning::v1::CodeEdition>> ReadCodeEditionFile(absl::string_view path);
// `parent` and `rows`; the rest of the request is the command's to say.
absl::StatusOr<InputFile<planning::v1::PublishReferenceValuesRequest>> ReadReferenceValuesFile(
    absl::string_view path);
// `parent`, `expected_version` and `scoring_policy`.
absl::StatusOr<InputFile<planning::v1::PublishScoringPolicyRequest>> ReadScoringPolicyFile(
    absl::string_view path);
// `targets`, `quarters` and `policy` or `draft_policy`.
absl::StatusOr<InputFile<scoring::v1::SimulateScorecardRequest>> ReadSimulationFile(
    absl::string_view path);
// `scorecard` and `tables`.
absl::StatusOr<InputFile<scoring::v1::ReviewReportRequest>> ReadReportFile(absl::string_view path);

// The same for a file that has its path, with all that could be read of one that is wrong.
absl::Status ReadPlanFile(InputFile<planning::v1::PlanDocument>& file);
absl::Status ReadAgencyFile(InputFile<planning::v1::Agency>& file);

// All submissions of a file with one document or more, which lines of `---` part.
absl::StatusOr<std::vector<InputFile<realization::v1::Submission>>> ReadSubmissionDocuments(
    absl::string_view path);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_FILES_INPUT_FILE_H_
