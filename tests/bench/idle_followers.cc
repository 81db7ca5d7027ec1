#include "tests/bench/idle_followers.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <iostream>
#include <latch>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/rpc/channel.h"
#include "sakip/eventlog/v1/event_log_service.grpc.pb.h"
#include "tests/bench/calls.h"

extern char** environ;

namespace sakip::bench {
namespace {

using eventlog::v1::EventLogService;
using eventlog::v1::FollowRecordsRequest;
using eventlog::v1::FollowRecordsResponse;

constexpr char kReady = '+';

// Reads all that comes; the first message tells that it follows.
class IdleFollower final : public grpc::ClientReadReactor<FollowRecordsResponse> {
 public:
  IdleFollower(EventLogService::Stub& stub, std::latch& following, std::latch& gone)
      : following_(following), gone_(gone) {
    rpc::Prepare({.deadline = rpc::CallDeadline(absl::Minutes(9))}, context_);
    request_.set_scope("regions/-");
    stub.async()->FollowRecords(&context_, &request_, this);
    StartRead(&response_);
    StartCall();
  }

  void Cancel() { context_.TryCancel(); }

  void OnReadDone(bool ok) override {
    if (!ok) return;
    if (!follows_) following_.count_down();
    follows_ = true;
    StartRead(&response_);
  }
  void OnDone(const grpc::Status& status) override {
    if (!follows_) std::cerr << status.error_message() << "\n";
    SAKIP_CHECK(follows_);
    gone_.count_down();
  }

 private:
  std::latch& following_;
  std::latch& gone_;
  grpc::ClientContext context_;
  FollowRecordsRequest request_;
  FollowRecordsResponse response_;
  bool follows_ = false;
};

}  // namespace

void IdleFollowers::Follow(const std::string& address, size_t count) {
  Stubs<EventLogService> stubs(address, count);
  std::latch following(static_cast<ptrdiff_t>(count));
  std::latch gone(static_cast<ptrdiff_t>(count));
  std::vector<std::unique_ptr<IdleFollower>> followers;
  for (size_t i = 0; i < count; ++i) {
    followers.push_back(std::make_unique<IdleFollower>(stubs.of(i), following, gone));
  }
  following.wait();
  SAKIP_CHECK(write(STDOUT_FILENO, &kReady, 1) == 1);
  char closed = 0;
  SAKIP_CHECK(read(STDIN_FILENO, &closed, 1) == 0);
  for (const auto& follower : followers) follower->Cancel();
  gone.wait();
}

IdleFollowers::IdleFollowers(const std::string& address, size_t count) {
  int to_process[2];
  int from_process[2];
  SAKIP_CHECK(pipe(to_process) == 0 && pipe(from_process) == 0);
  posix_spawn_file_actions_t actions;
  SAKIP_CHECK(posix_spawn_file_actions_init(&actions) == 0);
  posix_spawn_file_actions_adddup2(&actions, to_process[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, from_process[1], STDOUT_FILENO);
  for (const int end : {to_process[0], to_process[1], from_process[0], from_process[1]}) {
    posix_spawn_file_actions_addclose(&actions, end);
  }
  std::vector<std::string> arguments = {"reader_bench", absl::StrCat("--follow=", address),
                                        absl::StrCat("--followers=", count)};
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  SAKIP_CHECK(
      posix_spawn(&process_, "/proc/self/exe", &actions, nullptr, pointers.data(), environ) == 0);
  posix_spawn_file_actions_destroy(&actions);
  close(to_process[0]);
  close(from_process[1]);
  input_ = to_process[1];
  char ready = 0;
  SAKIP_CHECK(read(from_process[0], &ready, 1) == 1 && ready == kReady);
  close(from_process[0]);
}

IdleFollowers::~IdleFollowers() {
  close(input_);
  SAKIP_CHECK(waitpid(process_, nullptr, 0) == process_);
}

}  // namespace sakip::bench
