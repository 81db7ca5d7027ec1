#include "services/cli/files/request_id.h"

#include <gtest/gtest.h>

#include "sakip/planning/v1/planning_service.pb.h"

namespace sakip::cli {
namespace {

planning::v1::PublishDocumentRequest Request() {
  planning::v1::PublishDocumentRequest request;
  request.mutable_document()->set_name("regions/35.09/agencies/dinsos/annualPlans/2023");
  request.mutable_document()->mutable_annual_plan()->set_year(2023);
  return request;
}

// A change here makes files that were sent before new requests: idempotency across versions ends.
TEST(ContentRequestId, IsTheSameInEveryVersionOfThisProgram) {
  EXPECT_EQ(ContentRequestId(Request()), "sha256-f07c924e2987d140257859fa51790b55f34c1586");
}

TEST(ContentRequestId, IsTheSameForTheSameContentAndOtherForOther) {
  const std::string id = ContentRequestId(Request());
  auto other = Request();
  other.set_expected_revision(1);

  EXPECT_EQ(id, ContentRequestId(Request()));
  EXPECT_NE(id, ContentRequestId(other));
  EXPECT_EQ(id.size(), 47u);  // The server takes at most 64.
}

}  // namespace
}  // namespace sakip::cli
