#include "services/planning/domain/document_name.h"

#include <gtest/gtest.h>

namespace sakip::planning {
namespace {

TEST(ParseDocumentName, ReadsNamesOfEveryKind) {
  const auto strategic =
      ParseDocumentName("regions/35.09/agencies/dinsos/strategicPlans/2021-2026");
  ASSERT_TRUE(strategic.ok());
  EXPECT_EQ(strategic->agency, "regions/35.09/agencies/dinsos");
  EXPECT_EQ(strategic->kind, DocumentKind::kStrategicPlan);
  EXPECT_EQ(strategic->first_year, 2021);
  EXPECT_EQ(strategic->last_year, 2026);

  const auto annual = ParseDocumentName("regions/35/agencies/dinsos/annualPlans/2023");
  ASSERT_TRUE(annual.ok());
  EXPECT_EQ(annual->kind, DocumentKind::kAnnualPlan);
  EXPECT_EQ(annual->first_year, 2023);
  EXPECT_EQ(annual->last_year, 2023);
  EXPECT_EQ(ParseDocumentName("regions/35/agencies/dinsos/performanceAgreements/2023")->kind,
            DocumentKind::kPerformanceAgreement);
  EXPECT_EQ(ParseDocumentName("regions/35/agencies/dinsos/actionPlans/2023")->kind,
            DocumentKind::kActionPlan);
}

TEST(ParseDocumentName, RefusesEverythingElse) {
  for (const char* name :
       {"", "regions/35.09/agencies/dinsos", "regions/35.09/agencies/dinsos/annualPlans",
        "regions/35.09/agencies/dinsos/annualPlans/", "regions/-/agencies/dinsos/annualPlans/2023",
        "regions/35.09/agencies/dinsos/annualPlans/2023/x",
        "regions/35.09/agencies/dinsos/annualPlans/02023",
        "regions/35.09/agencies/dinsos/annualPlans/1999",
        "regions/35.09/agencies/dinsos/strategicPlans/2021",
        "regions/35.09/agencies/dinsos/strategicPlans/2021-2026-2027",
        "regions/35.09/agencies/dinsos/submissions/2023Q4"}) {
    EXPECT_FALSE(ParseDocumentName(name).ok()) << name;
  }
}

}  // namespace
}  // namespace sakip::planning
