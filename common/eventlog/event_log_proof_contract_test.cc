// What every engine promises about writes that belong together, and about proofs.
#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/eventlog/testing/event_log_contract.h"
#include "common/merkle/verify.h"

namespace sakip::eventlog {
namespace {

constexpr char kOtherStream[] = "regions/35.10/agencies/dinkes/years/2023";

std::vector<AppendRequest> TwoAgencies() {
  return {TestRequest("r1", 0, kTestStream, {"a", "b"}), TestRequest("r2", 0, kOtherStream, {"c"})};
}

TEST_P(EventLogContractTest, StoresRequestsTogether) {
  const auto results = AppendAllNow(*log_, TwoAgencies());
  Reopen();

  ASSERT_TRUE(results.ok()) << results.status();
  ASSERT_EQ(results->size(), 2u);
  EXPECT_EQ((*results)[0].last_position, 1u);
  EXPECT_EQ((*results)[1].first_position, 2u);
  const auto records = ReadAll(*log_);
  ASSERT_TRUE(records.ok()) << records.status();
  EXPECT_EQ(Payloads(*records), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(CheckHistory(*records).ok()) << CheckHistory(*records);
}

TEST_P(EventLogContractTest, AnswersRequestsStoredTogetherAgain) {
  const auto first = AppendAllNow(*log_, TwoAgencies());
  Reopen();

  const auto again = AppendAllNow(*log_, TwoAgencies());

  ASSERT_TRUE(first.ok() && again.ok()) << first.status() << again.status();
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_TRUE((*again)[i].repeated);
    EXPECT_EQ((*again)[i].leaf_hash, (*first)[i].leaf_hash);
  }
  EXPECT_EQ(log_->end_position(), 3u);
}

TEST_P(EventLogContractTest, StoresNoneOfTheRequestsWhereOneIsRefused) {
  std::vector<AppendRequest> requests = TwoAgencies();
  requests[1].expected_revision = 5;
  const auto conflict = AppendAllNow(*log_, requests);
  requests[1].events.clear();
  const auto invalid = AppendAllNow(*log_, requests);
  const auto none = AppendAllNow(*log_, {});
  Reopen();

  EXPECT_EQ(ErrorReason(conflict.status()), "REVISION_CONFLICT");
  EXPECT_EQ(ErrorFacts(conflict.status()).back(), (ErrorFact{"index", "1"}));
  EXPECT_EQ(ErrorReason(invalid.status()), "INVALID_FIELD");
  EXPECT_EQ(ErrorFacts(invalid.status()).back(), (ErrorFact{"index", "1"}));
  EXPECT_EQ(ErrorReason(none.status()), "INVALID_FIELD");
  EXPECT_EQ(log_->end_position(), 0u);
  EXPECT_EQ(log_->StreamRevision(kTestStream).value(), 0u);
  EXPECT_TRUE(AppendAllNow(*log_, TwoAgencies()).ok());
}

TEST_P(EventLogContractTest, RefusesMoreThanOneWriteTakesTogether) {
  const std::string half(EventLog::kAppendBytesMax / 2 + 1, 'x');

  const auto refused = AppendAllNow(*log_, {TestRequest("r1", 0, kTestStream, {half}),
                                            TestRequest("r2", 0, kOtherStream, {half})});

  EXPECT_EQ(ErrorReason(refused.status()), "INVALID_FIELD");
  EXPECT_EQ(log_->end_position(), 0u);
}

TEST_P(EventLogContractTest, HasTheTreeOfItsRecords) {
  constexpr uint64_t kRecords = 21;
  merkle::Frontier expected;
  std::vector<merkle::Hash> roots = {expected.Root()};
  for (uint64_t i = 0; i < kRecords; ++i) {
    const auto result = AppendNow(*log_, TestRequest(absl::StrCat("r", i), i));
    ASSERT_TRUE(result.ok()) << result.status();
    expected.Append(*merkle::ToHash(result->leaf_hash));
    roots.push_back(expected.Root());
  }
  Reopen();

  for (uint64_t size = 0; size <= kRecords; ++size) {
    const auto tree = log_->Tree(size);
    ASSERT_TRUE(tree.ok()) << tree.status();
    EXPECT_EQ(tree->size(), size);
    EXPECT_EQ(tree->Root(), roots[size]) << size;
  }
}

TEST_P(EventLogContractTest, ProvesItsRecordsAndItsGrowth) {
  constexpr uint64_t kRecords = 21;
  std::vector<AppendRequest> requests;
  for (uint64_t i = 0; i < kRecords; ++i) {
    requests.push_back(TestRequest(absl::StrCat("r", i), i));
  }
  ASSERT_TRUE(AppendAllNow(*log_, requests).ok());
  Reopen();
  const auto records = ReadAll(*log_);
  ASSERT_TRUE(records.ok()) << records.status();

  for (uint64_t size = 1; size <= kRecords; ++size) {
    const merkle::Hash root = log_->Tree(size)->Root();
    for (uint64_t position = 0; position < size; ++position) {
      const merkle::Hash leaf = merkle::HashLeaf((*records)[position].record);
      const auto path = log_->ProveInclusion(position, size);
      ASSERT_TRUE(path.ok()) << path.status();
      EXPECT_TRUE(merkle::VerifyInclusion(leaf, position, size, *path, root));

      const auto proof = log_->ProveConsistency(position, size);
      ASSERT_TRUE(proof.ok()) << proof.status();
      EXPECT_TRUE(
          merkle::VerifyConsistency(position, size, *proof, log_->Tree(position)->Root(), root));
    }
  }
}

TEST_P(EventLogContractTest, ProvesNothingThatItDoesNotHold) {
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r1")).ok());

  for (const absl::Status& status : {log_->Tree(2).status(), log_->ProveInclusion(0, 2).status(),
                                     log_->ProveConsistency(1, 2).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
    EXPECT_EQ(ErrorReason(status), "POSITION_AHEAD_OF_LOG");
  }
}

}  // namespace
}  // namespace sakip::eventlog
