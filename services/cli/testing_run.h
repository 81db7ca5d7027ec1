// RunTest runs commands of sakipctl against servers with canned answers, and keeps what they print.
//
// For tests of commands only. One test uses it, on one thread.
#ifndef SAKIP_SERVICES_CLI_TESTING_RUN_H_
#define SAKIP_SERVICES_CLI_TESTING_RUN_H_

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "services/cli/run.h"
#include "services/cli/testing_servers.h"

namespace sakip::cli {

inline constexpr char kDinsos[] = "regions/35.09/agencies/dinsos";
// Nobody listens on port 1 of a test machine.
inline constexpr char kNobody[] = "127.0.0.1:1";

struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

class RunTest : public ::testing::Test {
 protected:
  RunTest() {
    std::string pattern = ::testing::TempDir() + "/run_XXXXXX";
    folder_ = mkdtemp(pattern.data());
    variables_ = {{"SAKIP_PLANNING", planning_server_.address()},
                  {"SAKIP_REALIZATION", realization_server_.address()},
                  {"SAKIP_SCORING", scoring_server_.address()}};
  }
  ~RunTest() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& text) const {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path) << text;
    return path;
  }

  Environment MakeEnvironment() {
    Environment environment;
    environment.variable = [this](const std::string& name) { return variables_[name]; };
    environment.out_is_terminal = terminal_;
    return environment;
  }

  Outcome Run(const std::vector<std::string>& args) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = cli::Run(args, out, err, MakeEnvironment());
    return {code, out.str(), err.str()};
  }

  Outcome RunScorecard(std::vector<std::string> more = {}) {
    std::vector<std::string> args = {"scorecard", kDinsos, "--year", "2023", "--quarter", "4"};
    args.insert(args.end(), more.begin(), more.end());
    return Run(args);
  }

  std::string folder_;
  std::map<std::string, std::string> variables_;
  bool terminal_ = false;
  planning_fake::Fake planning_;
  planning_fake::CodeEditionFake code_editions_;
  planning_fake::ReferenceValueFake reference_values_;
  planning_fake::ScoringPolicyFake scoring_policies_;
  realization_fake::Fake realization_;
  scoring_fake::Fake scoring_;
  scoring_fake::FormFake forms_;
  scoring_fake::ExplainFake explain_;
  scoring_fake::FeedFake feed_;
  scoring_fake::ReviewFake review_;
  eventlog_fake::Fake planning_log_;
  eventlog_fake::Fake realization_log_;
  FakeServer planning_server_{
      {&planning_, &code_editions_, &reference_values_, &scoring_policies_, &planning_log_}};
  FakeServer realization_server_{{&realization_, &realization_log_}};
  audit_fake::Fake scoring_audit_;
  FakeServer scoring_server_{{&scoring_, &explain_, &feed_, &forms_, &review_, &scoring_audit_}};
};

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_TESTING_RUN_H_
