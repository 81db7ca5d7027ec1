#include "services/realization/domain/evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/testing/status_matchers.h"
#include "services/realization/domain/check.h"
#include "services/realization/domain/evidence_reference.h"

namespace sakip::realization {
namespace {

using ::testing::ElementsAre;
using testing::HasField;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::StatusIs;

const std::string kDigest(64, 'a');

Evidence Photo(const std::string& digest = kDigest) {
  return {digest, 1000, "image/jpeg", "store", "Penyaluran alat bantu", "2023-11-02"};
}

std::vector<std::string> WrongFields(const std::vector<Evidence>& evidence) {
  FieldErrors errors;
  CheckEvidence(evidence, "line", errors);
  std::vector<std::string> fields;
  for (const FieldViolation& violation : errors.violations()) fields.push_back(violation.field);
  return fields;
}

Submission WithEvidence() {
  Submission submission;
  submission.name = "regions/35.09/agencies/dinsos/submissions/2023Q4";
  submission.has_coverage = true;
  submission.indicators = {{"A", IndicatorRealization::Kind::kQuantity, "0", "", "", "orang", {}}};
  submission.indicators[0].evidence = {Photo()};
  submission.budgets = {{"SK1", "0", {}}};
  submission.budgets[0].evidence = {Photo(std::string(64, 'b')), Photo(std::string(64, 'c'))};
  submission.budgets[0].evidence[0].location = "https://arsip.jemberkab.go.id/b.pdf";
  return submission;
}

TEST(CheckEvidence, AcceptsFilesInTheStoreAndElsewhere) {
  Evidence scan = Photo(std::string(64, 'b'));
  scan.location = "https://arsip.jemberkab.go.id/spj/7";
  scan.title.clear();
  scan.taken_date.clear();

  EXPECT_THAT(WrongFields({Photo(), scan}), IsEmpty());
}

TEST(CheckEvidence, NamesEachWrongField) {
  const Evidence wrong = {"ABC", 0, "text/html", "http://x", "two\nlines", "2023-02-30"};

  EXPECT_THAT(WrongFields({wrong}),
              ElementsAre("line.evidence[0].digest", "line.evidence[0].size_bytes",
                          "line.evidence[0].media_type", "line.evidence[0].location",
                          "line.evidence[0].title", "line.evidence[0].taken_date"));
}

TEST(CheckEvidence, KnowsTheLimits) {
  Evidence largest = Photo();
  largest.size_bytes = kEvidenceBytesMax;
  EXPECT_THAT(WrongFields({largest}), IsEmpty());
  ++largest.size_bytes;
  EXPECT_THAT(WrongFields({largest}), ElementsAre("line.evidence[0].size_bytes"));

  EXPECT_THAT(WrongFields({Photo(), Photo()}), ElementsAre("line.evidence[1].digest"));
}

TEST(CheckEvidence, IsPartOfTheCheckOfASubmission) {
  Submission submission = WithEvidence();
  EXPECT_THAT(CheckSubmission(submission), IsOk());

  submission.indicators[0].evidence[0].digest = "x";
  submission.budgets[0].evidence[1].media_type = "x";

  const absl::Status status = CheckSubmission(submission);
  EXPECT_THAT(status, HasField("submission.indicators[0].evidence[0].digest"));
  EXPECT_THAT(status, HasField("submission.budgets[0].evidence[1].media_type"));
}

TEST(CheckEvidence, ASubmissionHasAtMostAThousand) {
  Submission submission = WithEvidence();
  submission.budgets.clear();
  for (int i = 0; i < 101; ++i) {
    submission.budgets.push_back({"SK" + std::to_string(i), "0", {}});
    for (char c = '0'; c <= '9'; ++c) {
      submission.budgets.back().evidence.push_back(Photo(std::string(64, c)));
    }
  }

  EXPECT_THAT(CheckSubmission(submission), HasField("submission.evidence"));
}

TEST(StoreReferences, AreThoseOfTheStoreOnly) {
  const auto references = StoreReferences(WithEvidence());

  ASSERT_EQ(references.size(), 2u);
  EXPECT_EQ(references[0].path, "submission.indicators[0].evidence[0]");
  EXPECT_EQ(references[1].path, "submission.budgets[0].evidence[1]");
}

TEST(StoreReferences, MustBeFoundAsTheySay) {
  const auto references = StoreReferences(WithEvidence());
  const FoundEvidence right = {1000, "image/jpeg"};

  EXPECT_THAT(CheckStoreReferences(references, {right, right}), IsOk());
  EXPECT_THAT(CheckStoreReferences(references, {std::nullopt, right}),
              HasField("submission.indicators[0].evidence[0].digest"));
  EXPECT_THAT(CheckStoreReferences(references, {right, FoundEvidence{999, "image/jpeg"}}),
              HasField("submission.budgets[0].evidence[1].size_bytes"));
  EXPECT_THAT(CheckStoreReferences(references, {FoundEvidence{1000, "image/png"}, right}),
              HasField("submission.indicators[0].evidence[0].media_type"));
}

TEST(EvidenceName, ParsesBack) {
  const EvidenceName name = {"regions/35.09/agencies/dinsos", kDigest};

  const auto parsed = ParseEvidenceName(FormatEvidenceName(name));

  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->agency, name.agency);
  EXPECT_EQ(parsed->digest, name.digest);
  for (const char* wrong : {"", "regions/35.09/agencies/dinsos/evidence/../../x",
                            "regions/35.09/agencies/dinsos/evidence/abc",
                            "regions/35.09/agencies/dinsos/submissions/2023Q1"}) {
    EXPECT_THAT(ParseEvidenceName(wrong), StatusIs(absl::StatusCode::kInvalidArgument)) << wrong;
  }
}

}  // namespace
}  // namespace sakip::realization
