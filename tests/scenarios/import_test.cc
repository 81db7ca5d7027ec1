// What becomes of each item of an import: strategies, dry runs, one by one and all or nothing,
// merging, refusals, and the same import once more.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

#include "common/testing/proto_matchers.h"
#include "tests/scenarios/import_server.h"

namespace sakip::realization {
namespace {

using ::testing::Combine;
using ::testing::ElementsAre;
using testing::EqualsProto;
using testing::IsOk;
using ::testing::Values;
using Outcome = v1::ItemOutcome;

class ImportTest : public ImportTestBase {
 protected:
  // Q1 and Q2 are submitted.
  void SubmitTwoQuarters() {
    Options options = PerItem();
    options.set_import_id("before");
    ASSERT_THAT(Import(options, {Item("2023Q1"), Item("2023Q2")}), IsOk());
    ASSERT_EQ(end(), 2u);
  }

  // But for the marks of a repeat.
  void ExpectTheSameAgain(const Options& options, const std::vector<v1::Submission>& items) {
    const auto first = Import(options, items);
    ASSERT_THAT(first, IsOk());
    EXPECT_EQ(first->created(), 1u);
    EXPECT_EQ(first->updated(), 1u);
    const uint64_t before = end();

    auto again = Import(options, items);

    ASSERT_THAT(again, IsOk());
    EXPECT_EQ(end(), before);
    for (auto& outcome : *again->mutable_outcomes()) {
      if (!outcome.has_receipt()) continue;
      EXPECT_TRUE(outcome.receipt().repeated());
      outcome.mutable_receipt()->set_repeated(false);
    }
    EXPECT_THAT(*again, EqualsProto(*first));
  }
};

using Case = std::tuple<Options::Strategy, Options::Atomicity, bool>;

class ImportChoicesTest : public ImportTest, public ::testing::WithParamInterface<Case> {};

// An item with the content that is there, one with another, and a new one.
TEST_P(ImportChoicesTest, StoresWhatTheStrategyWantsUnlessItIsADryRun) {
  const auto [strategy, atomicity, dry_run] = GetParam();
  SubmitTwoQuarters();
  Options options = PerItem();
  options.set_strategy(strategy);
  options.set_atomicity(atomicity);
  options.set_dry_run(dry_run);
  options.set_item_count(3);

  const auto summary = Import(options, {Item("2023Q1"), Item("2023Q2", "16"), Item("2023Q3", "0")});

  ASSERT_THAT(summary, IsOk());
  const bool creates = strategy != Options::STRATEGY_UPDATE;
  const bool updates = strategy != Options::STRATEGY_CREATE;
  EXPECT_THAT(Outcomes(*summary),
              ElementsAre(updates ? Outcome::OUTCOME_UNCHANGED : Outcome::OUTCOME_IGNORED,
                          updates ? Outcome::OUTCOME_UPDATED : Outcome::OUTCOME_IGNORED,
                          creates ? Outcome::OUTCOME_CREATED : Outcome::OUTCOME_IGNORED));
  EXPECT_EQ(summary->created(), creates ? 1u : 0u);
  EXPECT_EQ(summary->updated(), updates ? 1u : 0u);
  EXPECT_EQ(summary->unchanged(), updates ? 1u : 0u);
  EXPECT_EQ(summary->dry_run(), dry_run);
  EXPECT_EQ(summary->outcomes(1).revision(), updates ? 2u : 1u);
  EXPECT_EQ(summary->outcomes(2).has_receipt(), creates && !dry_run);
  EXPECT_EQ(end(), 2u + (dry_run ? 0u : summary->created() + summary->updated()));
  if (!dry_run && creates) {
    EXPECT_EQ(Latest(summary->outcomes(2).name()).indicators(0).quantity(), "0");
  }
  if (!dry_run && updates) {
    const v1::Submission updated = Latest(summary->outcomes(1).name());
    EXPECT_EQ(updated.revision(), 2u);
    EXPECT_EQ(updated.reason(), "Perbaikan data");
    EXPECT_EQ(updated.indicators(0).quantity(), "16");
  }
}

INSTANTIATE_TEST_SUITE_P(All, ImportChoicesTest,
                         Combine(Values(Options::STRATEGY_CREATE, Options::STRATEGY_UPDATE,
                                        Options::STRATEGY_CREATE_AND_UPDATE),
                                 Values(Options::ATOMICITY_PER_ITEM,
                                        Options::ATOMICITY_ALL_OR_NOTHING),
                                 Values(false, true)));

TEST_F(ImportTest, AWrongItemIsNamedAndTheOthersAreStored) {
  v1::Submission wrong = Item("2023Q2");
  wrong.mutable_indicators(0)->set_quantity("90,2");
  wrong.mutable_budgets(0)->clear_realized();
  Options options = PerItem();
  options.set_first_item_index(7);

  const auto summary = Import(options, {Item("2023Q1"), wrong, Item("2023Q3")});

  ASSERT_THAT(summary, IsOk());
  EXPECT_THAT(Outcomes(*summary), ElementsAre(Outcome::OUTCOME_CREATED, Outcome::OUTCOME_FAILED,
                                              Outcome::OUTCOME_CREATED));
  const Outcome& failed = summary->outcomes(1);
  EXPECT_EQ(failed.index(), 8u);
  EXPECT_EQ(failed.error().reason(), "INVALID_FIELD");
  ASSERT_EQ(failed.error().fields_size(), 2);
  EXPECT_EQ(failed.error().fields(0).field(), "items[8].indicators[0].quantity");
  EXPECT_EQ(failed.error().fields(1).field(), "items[8].budgets[0].realized");
  EXPECT_EQ(end(), 2u);
}

TEST_F(ImportTest, AnItemWithTooManyLinesIsWrongAndTheOthersAreStored) {
  v1::Submission wrong = Item("2023Q2");
  for (int i = 0; i <= 100; ++i) wrong.add_objectives();

  const auto summary = Import(PerItem(), {wrong, Item("2023Q3")});

  ASSERT_THAT(summary, IsOk());
  EXPECT_THAT(Outcomes(*summary), ElementsAre(Outcome::OUTCOME_FAILED, Outcome::OUTCOME_CREATED));
  ASSERT_EQ(summary->outcomes(0).error().fields_size(), 1);
  EXPECT_EQ(summary->outcomes(0).error().fields(0).field(), "items[0].objectives");
}

TEST_F(ImportTest, OfAllOrNothingNothingIsStoredWhereOneIsWrong) {
  SubmitTwoQuarters();
  v1::Submission unknown = Item("2023Q3");
  unknown.mutable_budgets(0)->set_sub_activity_code("SK9");

  for (const bool dry_run : {true, false}) {
    Options options = AllOrNothing(3);
    options.set_dry_run(dry_run);
    const auto summary = Import(options, {Item("2023Q1"), unknown, Item("2023Q4")});

    ASSERT_THAT(summary, IsOk());
    EXPECT_THAT(Outcomes(*summary),
                ElementsAre(Outcome::OUTCOME_NOT_STORED, Outcome::OUTCOME_FAILED,
                            Outcome::OUTCOME_NOT_STORED));
    EXPECT_EQ(summary->not_stored(), 2u);
    EXPECT_EQ(summary->outcomes(1).error().fields(0).field(),
              "items[1].budgets[0].sub_activity_code");
    EXPECT_EQ(end(), 2u);
  }
}

TEST_F(ImportTest, OfAllOrNothingQuartersOfOneYearAreStoredTogether) {
  const auto summary =
      Import(AllOrNothing(4), {Item("2023Q1"), Item("2023Q2"), Item("2023Q3"), Item("2023Q4")});

  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->created(), 4u);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(summary->outcomes(i).receipt().position(), static_cast<uint64_t>(i));
    EXPECT_EQ(summary->outcomes(i).receipt().stream_revision(), static_cast<uint64_t>(i + 1));
  }
}

TEST_F(ImportTest, TheSameImportAgainHasTheSameSummaryAndStoresNothing) {
  SubmitTwoQuarters();
  ExpectTheSameAgain(PerItem(), {Item("2023Q1"), Item("2023Q2", "16"), Item("2023Q3")});
}

TEST_F(ImportTest, TheSameAllOrNothingImportAgainHasTheSameSummaryAndStoresNothing) {
  SubmitTwoQuarters();
  ExpectTheSameAgain(AllOrNothing(3), {Item("2023Q1"), Item("2023Q2", "16"), Item("2023Q3")});
}

TEST_F(ImportTest, WhatWasStoredIsFoundAlsoWherePlanningIsGone) {
  ASSERT_THAT(Import(PerItem(), {Item("2023Q1")}), IsOk());
  planning_.Stop();

  const auto again = Import(PerItem(), {Item("2023Q1")});

  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->created(), 1u);
}

TEST_F(ImportTest, AnyPartMayBeSentAgain) {
  const auto first = Import(PerItem(), {Item("2023Q1"), Item("2023Q2")});
  ASSERT_THAT(first, IsOk());
  Options rest = PerItem();
  rest.set_first_item_index(1);

  const auto second = Import(rest, {Item("2023Q2"), Item("2023Q3")});

  ASSERT_THAT(second, IsOk());
  EXPECT_THAT(Outcomes(*second), ElementsAre(Outcome::OUTCOME_CREATED, Outcome::OUTCOME_CREATED));
  EXPECT_EQ(second->outcomes(0).receipt().position(), first->outcomes(1).receipt().position());
  EXPECT_TRUE(second->outcomes(0).receipt().repeated());
  EXPECT_FALSE(second->outcomes(1).receipt().repeated());
  EXPECT_EQ(end(), 3u);
}

TEST_F(ImportTest, OtherContentUnderTheSameIndexIsRefused) {
  ASSERT_THAT(Import(PerItem(), {Item("2023Q1")}), IsOk());

  for (const Options& options : {PerItem(), AllOrNothing(1)}) {
    const auto summary = Import(options, {Item("2023Q1", "99")});
    ASSERT_THAT(summary, IsOk());
    EXPECT_EQ(summary->outcomes(0).error().reason(), "REQUEST_ID_REUSED");
  }
  EXPECT_EQ(end(), 1u);
}

TEST_F(ImportTest, MergesWithTheLatestRevision) {
  ASSERT_THAT(Import(PerItem(), {Item("2023Q1")}), IsOk());
  v1::Submission added = Item("2023Q1");
  added.clear_budgets();
  added.mutable_indicators(0)->set_indicator_code("IKU1");
  Options options = PerItem();
  options.set_import_id("import-2");
  options.set_lines(Options::LINES_MERGE);

  const auto summary = Import(options, {added});
  options.set_import_id("import-3");
  const auto unchanged = Import(options, {added});

  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->updated(), 1u);
  const v1::Submission latest = Latest(summary->outcomes(0).name());
  ASSERT_EQ(latest.indicators_size(), 2);
  EXPECT_EQ(latest.indicators(1).indicator_code(), "IKU1");
  EXPECT_EQ(latest.budgets_size(), 1);
  ASSERT_THAT(unchanged, IsOk());
  EXPECT_EQ(unchanged->unchanged(), 1u);
}

TEST_F(ImportTest, WhatWasSpentByKindAndSourceIsContent) {
  SubmitTwoQuarters();
  v1::Submission divided = Item("2023Q1");
  types::v1::BudgetPart& part = *divided.mutable_budgets(0)->add_realized_parts();
  part.set_expenditure_kind(types::v1::EXPENDITURE_KIND_CAPITAL);
  part.set_funding_source("DBHCHT");
  part.set_amount("100");
  v1::Submission wrong = Item("2023Q2");
  wrong.mutable_budgets(0)->add_realized_parts()->set_amount("seratus");

  Options options = PerItem();
  const auto summary = Import(options, {divided, wrong});
  options.set_import_id("import-2");
  const auto unchanged = Import(options, {divided});

  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->outcomes(0).outcome(), Outcome::OUTCOME_UPDATED);
  EXPECT_THAT(Latest(divided.name()).budgets(0).realized_parts(0), EqualsProto(part));
  EXPECT_EQ(summary->outcomes(1).error().fields(0).field(),
            "items[1].budgets[0].realized_parts[0].amount");
  ASSERT_THAT(unchanged, IsOk());
  EXPECT_EQ(unchanged->unchanged(), 1u);
}

TEST_F(ImportTest, AnUpdateNeedsAReason) {
  SubmitTwoQuarters();
  Options options = PerItem();
  options.clear_reason();
  v1::Submission own = Item("2023Q2", "16");
  own.set_reason("Salah ketik");

  const auto summary = Import(options, {Item("2023Q1", "16"), own});

  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->outcomes(0).error().fields(0).field(), "items[0].reason");
  EXPECT_EQ(summary->outcomes(1).outcome(), Outcome::OUTCOME_UPDATED);
  EXPECT_EQ(Latest(own.name()).reason(), "Salah ketik");
}

TEST_F(ImportTest, ItemsLieInTheParentAndComeOnce) {
  Options options = PerItem();
  options.set_parent("regions/35.10");
  const auto outside = Import(options, {Item("2023Q1")});
  const auto twice = Import(PerItem(), {Item("2023Q1"), Item("2023Q1", "16")});

  ASSERT_THAT(outside, IsOk());
  EXPECT_EQ(outside->outcomes(0).error().fields(0).field(), "items[0].name");
  ASSERT_THAT(twice, IsOk());
  EXPECT_EQ(twice->outcomes(1).error().fields(0).field(), "items[1].name");
  EXPECT_EQ(end(), 1u);
}

TEST_F(ImportTest, EvidenceInTheStoreMustBeThere) {
  v1::Submission item = Item("2023Q1");
  v1::Evidence& photo = *item.mutable_indicators(0)->add_evidence();
  photo.set_digest(std::string(64, 'a'));
  photo.set_size_bytes(10);
  photo.set_media_type("image/jpeg");
  photo.set_location("store");

  const auto missing = Import(PerItem(), {item});
  photo.set_location("https://arsip.jemberkab.go.id/1.jpg");
  const auto elsewhere = Import(PerItem(), {item});

  ASSERT_THAT(missing, IsOk());
  EXPECT_EQ(missing->outcomes(0).error().fields(0).field(),
            "items[0].indicators[0].evidence[0].digest");
  ASSERT_THAT(elsewhere, IsOk());
  EXPECT_EQ(elsewhere->created(), 1u);
  const v1::EvidenceCoverage coverage = Latest(item.name()).evidence_coverage();
  EXPECT_EQ(coverage.lines(), 2u);
  EXPECT_EQ(coverage.lines_with_evidence(), 1u);
}

TEST_F(ImportTest, AYearWithoutPlanIsTheItemsFault) {
  const auto summary = Import(PerItem(), {Item("2024Q1"), Item("2023Q1")});

  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->outcomes(0).error().reason(), "PLAN_NOT_PUBLISHED");
  EXPECT_EQ(summary->outcomes(1).outcome(), Outcome::OUTCOME_CREATED);
}

}  // namespace
}  // namespace sakip::realization
