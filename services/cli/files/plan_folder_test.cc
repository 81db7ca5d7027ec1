#include "services/cli/files/plan_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::cli {
namespace {

using ::sakip::testing::IsOk;
using ::sakip::testing::TempDir;
using ::testing::ElementsAre;

class PlanFolderTest : public ::testing::Test {
 protected:
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_.path() + "/" + name) << text;
  }
  absl::StatusOr<PlanFolder> Read() const { return ReadPlanFolder({folder_.path()}); }

  TempDir folder_;
};

TEST_F(PlanFolderTest, RevisionsOfADocumentStandInTheirOrder) {
  const auto write = [&](const std::string& file, const std::string& plan, int revision) {
    Write(file, absl::StrCat("name: regions/35.09/agencies/dinsos/actionPlans/", plan,
                             "\nrevision: ", revision, "\naction_plan: {year: 2023}\n"));
  };
  write("1.yaml", "2023", 2);
  write("2.yaml", "2024", 1);
  write("3.yaml", "2023", 1);

  const auto folder = Read();

  ASSERT_THAT(folder, IsOk());
  std::vector<std::string> order;
  for (const auto& file : folder->documents) {
    order.push_back(absl::StrCat(file.message.name().substr(42), "@", file.revision));
  }
  EXPECT_THAT(order, ElementsAre("2023@1", "2024@1", "2023@2"));
}

}  // namespace
}  // namespace sakip::cli
