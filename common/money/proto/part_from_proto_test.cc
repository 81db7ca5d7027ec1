#include "common/money/proto/part_from_proto.h"

#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"

namespace sakip::money {
namespace {

using testing::IsOk;

TEST(PartFromProto, KeepsEveryKind) {
  for (int kind = 0; kind <= types::v1::ExpenditureKind_MAX; ++kind) {
    PartMessages messages;
    types::v1::BudgetPart& message = *messages.Add();
    message.set_expenditure_kind(static_cast<types::v1::ExpenditureKind>(kind));
    message.set_funding_source("DAU");
    message.set_amount("1.50");

    const auto parts = FromProto(messages);

    ASSERT_THAT(parts, IsOk());
    EXPECT_EQ(ToProto(parts->front().key.kind), message.expenditure_kind());
    EXPECT_EQ(parts->front().key.source, "DAU");
    EXPECT_EQ(parts->front().amount.ToString(), "1.5");
    EXPECT_EQ(ToTexts(messages)[0].expenditure_kind, kind);
    EXPECT_EQ(ToTexts(messages)[0].amount, "1.50");
  }
}

TEST(PartFromProto, ReadsNoKindThatItDoesNotKnowAndNoAmountThatIsNone) {
  PartMessages messages;
  types::v1::BudgetPart& message = *messages.Add();
  message.set_amount("1");
  message.set_expenditure_kind(
      static_cast<types::v1::ExpenditureKind>(types::v1::ExpenditureKind_MAX + 1));
  EXPECT_FALSE(FromProto(messages).ok());
  message.set_expenditure_kind(types::v1::EXPENDITURE_KIND_CAPITAL);
  EXPECT_THAT(FromProto(messages), IsOk());
  message.set_amount("satu");
  EXPECT_FALSE(FromProto(messages).ok());
}

}  // namespace
}  // namespace sakip::money
