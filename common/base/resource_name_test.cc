#include "common/base/resource_name.h"

#include <gtest/gtest.h>

namespace sakip {
namespace {

TEST(RegionCode, HasTwoDigitsASegment) {
  for (const char* code : {"35", "35.09", "35.09.01", "35.09.01.2001"}) {
    EXPECT_TRUE(IsRegionCode(code)) << code;
  }
  for (const char* code : {"", "3", "35.", "35.9", "35.090", ".35", "35..09", "35.09.01.20",
                           "35.09.01.2001.1", "3a", "35 "}) {
    EXPECT_FALSE(IsRegionCode(code)) << code;
  }
}

TEST(RegionCovers, ComparesSegmentsAndNotPrefixes) {
  EXPECT_TRUE(RegionCovers("35", "35"));
  EXPECT_TRUE(RegionCovers("35", "35.09"));
  EXPECT_TRUE(RegionCovers("35.09", "35.09.01"));
  EXPECT_FALSE(RegionCovers("35.1", "35.10"));
  EXPECT_FALSE(RegionCovers("35.09", "35"));
  EXPECT_FALSE(RegionCovers("35.09", "35.10"));
}

TEST(ResourceName, ParsesRegionAgencyAndWhatIsBelow) {
  const auto document = ParseResourceName("regions/35.09/agencies/dinsos/annualPlans/2023");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->region, "35.09");
  EXPECT_EQ(document->agency, "dinsos");
  EXPECT_EQ(document->collection, "annualPlans");
  EXPECT_EQ(document->id, "2023");
  EXPECT_EQ(document->AgencyName(), "regions/35.09/agencies/dinsos");
  EXPECT_TRUE(ParseRegionName("regions/35").ok());
  EXPECT_TRUE(ParseRegionName("regions/-").ok());
  EXPECT_TRUE(ParseAgencyName("regions/35.09/agencies/dinsos").ok());
  EXPECT_TRUE(ParseNameIn("annualPlans", "regions/35.09/agencies/dinsos/annualPlans/2023").ok());
}

TEST(ResourceName, RefusesEverythingElse) {
  for (const char* name :
       {"", "/", "regions", "regions/", "regions/35.9", "regions/35.09/", "region/35.09",
        "regions/35.09/agencies", "regions/35.09/agencies/", "regions/35.09/agencies/Dinsos",
        "regions/35.09/units/dinsos", "regions/-/agencies/dinsos",
        "regions/35.09/agencies/dinsos/annualPlans", "regions/35.09/agencies/dinsos/a/b/c/d",
        "regions/35.09/agencies/dinsos/annual plans/2023", "regions/35.09/agencies/-dinsos"}) {
    EXPECT_FALSE(ParseResourceName(name).ok()) << name;
  }
  EXPECT_FALSE(ParseAgencyName("regions/35.09").ok());
  EXPECT_FALSE(ParseAgencyName("regions/35.09/agencies/dinsos/annualPlans/2023").ok());
  EXPECT_FALSE(ParseRegionName("regions/35.09/agencies/dinsos").ok());
  EXPECT_FALSE(ParseNameIn("actionPlans", "regions/35.09/agencies/dinsos/annualPlans/2023").ok());
}

TEST(AgencyOf, FindsTheTenantAtAnyDepth) {
  EXPECT_EQ(AgencyOf("regions/35.09/agencies/dinsos/years/2023/quarters/4"),
            "regions/35.09/agencies/dinsos");
  EXPECT_EQ(AgencyOf("regions/35.09/agencies/dinsos"), "regions/35.09/agencies/dinsos");
  EXPECT_EQ(AgencyOf("regions/35.09"), "");
  EXPECT_EQ(AgencyOf("regions/35.9/agencies/dinsos"), "");
  EXPECT_EQ(AgencyOf(""), "");
}

TEST(OwnerOf, IsTheAgencyOrElseTheRegion) {
  EXPECT_EQ(OwnerOf("regions/35.09/agencies/dinsos/years/2023"), "regions/35.09/agencies/dinsos");
  EXPECT_EQ(OwnerOf("regions/35/codeEditions/kepmendagri-050-5889-2021"), "regions/35");
  EXPECT_EQ(OwnerOf("regions/35.09/referenceValues"), "regions/35.09");
  EXPECT_EQ(OwnerOf("regions/35"), "regions/35");
}

TEST(OwnerOf, IsNobodyForNamesOutsideARegionOrWithAMalformedAgency) {
  for (const char* name :
       {"", "regions", "regions/", "regions/-", "regions/-/codeEditions/a", "regions/3",
        "regions/35.9/codeEditions/a", "region/35/codeEditions/a", "regions/35.09/agencies",
        "regions/35.09/agencies/", "regions/35.09/agencies/Dinsos/years/2023",
        "regions/-/agencies/dinsos/years/2023"}) {
    EXPECT_EQ(OwnerOf(name), "") << name;
  }
}

TEST(ParseRegionNameIn, TakesWhatLiesInTheRegionItself) {
  const auto name = ParseRegionNameIn("codeEditions", "regions/35/codeEditions/permendagri-90");
  ASSERT_TRUE(name.ok()) << name.status();
  EXPECT_EQ(name->region, "35");
  EXPECT_EQ(name->agency, "");
  EXPECT_EQ(name->collection, "codeEditions");
  EXPECT_EQ(name->id, "permendagri-90");
  for (const char* other :
       {"", "regions/35", "regions/35/codeEditions", "regions/35/codeEditions/",
        "regions/35/codeEditions/a/b", "regions/35/editions/a", "regions/-/codeEditions/a",
        "regions/3/codeEditions/a", "region/35/codeEditions/a", "regions/35/codeEditions/a b",
        "regions/35.09/agencies/dinsos/codeEditions/a"}) {
    EXPECT_FALSE(ParseRegionNameIn("codeEditions", other).ok()) << other;
  }
}

TEST(ScopeCovers, WhatARegionHasIsForThoseAboveAndBelow) {
  for (const char* scope : {"regions/-", "regions/35", "regions/35.09", "regions/35.09.01",
                            "regions/35.09/agencies/dinsos"}) {
    EXPECT_TRUE(ScopeCovers(*ParseResourceName(scope), "regions/35")) << scope;
  }
  EXPECT_TRUE(ScopeCovers(*ParseResourceName("regions/35"), "regions/35.09"));
  for (const char* scope : {"regions/36", "regions/36.09", "regions/36.09/agencies/dinsos"}) {
    EXPECT_FALSE(ScopeCovers(*ParseResourceName(scope), "regions/35")) << scope;
  }
  EXPECT_FALSE(ScopeCovers(*ParseResourceName("regions/35.10"), "regions/35.09"));
  EXPECT_FALSE(ScopeCovers(*ParseResourceName("regions/35.10/agencies/dinsos"), "regions/35.09"));
  EXPECT_FALSE(ScopeCovers(*ParseResourceName("regions/35"), "regions/-"));
  EXPECT_FALSE(ScopeCovers(*ParseResourceName("regions/35"), ""));
}

TEST(ScopeCovers, RegionsAllRegionsAndSingleAgencies) {
  const absl::string_view dinsos = "regions/35.09/agencies/dinsos";
  EXPECT_TRUE(ScopeCovers(*ParseResourceName("regions/-"), dinsos));
  EXPECT_TRUE(ScopeCovers(*ParseResourceName("regions/35"), dinsos));
  EXPECT_TRUE(ScopeCovers(*ParseResourceName("regions/35.09"), dinsos));
  EXPECT_TRUE(ScopeCovers(*ParseResourceName("regions/35.09/agencies/dinsos"), dinsos));
  EXPECT_FALSE(ScopeCovers(*ParseResourceName("regions/35.10"), dinsos));
  EXPECT_FALSE(ScopeCovers(*ParseResourceName("regions/35.09/agencies/dinkes"), dinsos));
}

}  // namespace
}  // namespace sakip
