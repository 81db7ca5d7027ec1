#include "services/cli/session/retryable_methods.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace sakip::cli {
namespace {

using ::testing::UnorderedElementsAreArray;

// The unary methods of a file of the API; `buf format` keeps each on one line.
std::vector<std::string> UnaryMethodsOf(const std::filesystem::path& path) {
  std::vector<std::string> methods;
  std::string package;
  std::string service;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    absl::string_view text = line;
    if (absl::ConsumePrefix(&text, "package "))
      package = std::string(text.substr(0, text.find(';')));
    if (absl::ConsumePrefix(&text, "service "))
      service = std::string(text.substr(0, text.find(' ')));
    if (!absl::ConsumePrefix(&text, "  rpc ") || absl::StrContains(text, "stream ")) continue;
    methods.push_back(absl::StrCat(package, ".", service, "/", text.substr(0, text.find('('))));
  }
  return methods;
}

// Of every service there is, so that a new one is not forgotten.
TEST(RetryableMethods, AreAllUnaryMethodsButThoseThatActTwice) {
  namespace fs = std::filesystem;
  std::vector<std::string> wanted;
  for (const auto& entry : fs::recursive_directory_iterator(SAKIP_SOURCE_DIR "/proto/sakip")) {
    const std::string path = entry.path();
    if (!absl::EndsWith(path, ".proto") || absl::EndsWith(path, "/log_admin_service.proto")) {
      continue;
    }
    for (std::string& method : UnaryMethodsOf(path)) wanted.push_back(std::move(method));
  }

  EXPECT_THAT(wanted, ::testing::Contains("sakip.planning.v1.ScoringPolicyService/"
                                          "PublishScoringPolicy"));
  EXPECT_THAT(RetryableMethods(), UnorderedElementsAreArray(wanted));
}

}  // namespace
}  // namespace sakip::cli
