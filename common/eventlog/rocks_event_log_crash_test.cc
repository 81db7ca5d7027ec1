// kill -9 under load. The method: a child process appends and prints what was acknowledged; it is
// killed at a random moment, while it opens the log too; the log is opened here and compared with
// what the child printed. The next child goes on in the same directory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/eventlog/testing/crash_writer.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/testing/temp_dir.h"

namespace sakip::eventlog {
namespace {

constexpr char kCrashWriterPath[] = SAKIP_BINARY_DIR "/tests/event_log_crash_writer";
constexpr int kCycles = 60;
constexpr uint32_t kSeed = 20231231;

// A crash writer that runs. Not thread-safe.
class Child {
 public:
  explicit Child(const std::string& directory) {
    int pipe_ends[2];
    EXPECT_EQ(pipe(pipe_ends), 0);
    pid_ = fork();
    if (pid_ == 0) {
      dup2(pipe_ends[1], STDOUT_FILENO);
      close(pipe_ends[0]);
      close(pipe_ends[1]);
      execl(kCrashWriterPath, kCrashWriterPath, directory.c_str(), nullptr);
      _exit(127);
    }
    close(pipe_ends[1]);
    output_ = pipe_ends[0];
  }
  ~Child() { close(output_); }

  // Reads what it prints until the moment has come; returns early where it ends by itself.
  void ReadUntil(absl::Time moment) {
    while (true) {
      const absl::Duration left = moment - absl::Now();
      if (left <= absl::ZeroDuration()) return;
      pollfd waiting = {output_, POLLIN, 0};
      const timespec timeout = absl::ToTimespec(left);
      if (ppoll(&waiting, 1, &timeout, nullptr) > 0 && !ReadSome()) return;
    }
  }

  bool opened() const { return text_.find("open\n") != std::string::npos; }

  // Reads until it has opened the log, for a minute at most.
  void ReadUntilOpen() {
    const absl::Time deadline = absl::Now() + absl::Minutes(1);
    while (!opened() && absl::Now() < deadline && ReadSome()) {
    }
  }

  // Kills it and returns all lines that it printed.
  std::vector<std::string> Kill() {
    EXPECT_EQ(kill(pid_, SIGKILL), 0);
    int status = 0;
    EXPECT_EQ(waitpid(pid_, &status, 0), pid_);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself, see its error above";
    while (ReadSome()) {
    }
    return absl::StrSplit(text_, '\n', absl::SkipEmpty());
  }

 private:
  bool ReadSome() {
    char buffer[4096];
    const ssize_t size = read(output_, buffer, sizeof buffer);
    if (size <= 0) return false;
    text_.append(buffer, static_cast<size_t>(size));
    return true;
  }

  pid_t pid_ = 0;
  int output_ = -1;
  std::string text_;
};

// Where each request starts, by writer and revision of its stream before it.
using Positions = std::map<std::pair<int, uint64_t>, uint64_t>;

Positions Acknowledged(const std::vector<std::string>& lines) {
  Positions positions;
  for (const std::string& line : lines) {
    if (line == "open") continue;
    const std::vector<std::string> words = absl::StrSplit(line, ' ');
    int writer = 0;
    uint64_t revision = 0, position = 0;
    EXPECT_TRUE(words.size() == 3 && absl::SimpleAtoi(words[0], &writer) &&
                absl::SimpleAtoi(words[1], &revision) && absl::SimpleAtoi(words[2], &position))
        << line;
    positions[{writer, revision}] = position;
  }
  return positions;
}

// What the log holds; fails the test where a record or a request is not whole.
Positions Stored(const std::vector<StoredRecord>& records) {
  Positions positions;
  for (uint64_t position = 0; position < records.size(); ++position) {
    const auto record = ParseRecord(records[position]);
    EXPECT_TRUE(record.ok()) << record.status();
    const int writer = record->stream().back() - '0';
    EXPECT_EQ(record->payload(), CrashPayload(writer, record->stream_revision()));
    const uint64_t before = (record->stream_revision() - 1) / kCrashEvents * kCrashEvents;
    EXPECT_EQ(record->request_id(), CrashRequest(writer, before).request_id);
    positions.emplace(std::pair(writer, before), position);
  }
  EXPECT_EQ(positions.size() * kCrashEvents, records.size()) << "half a request";
  return positions;
}

// Asks again for what was answered, and for what each writer did next and may not know about.
int Retry(EventLog& log, const Positions& acknowledged, const Positions& stored) {
  for (const auto& [name, position] : acknowledged) {
    const auto again = AppendNow(log, CrashRequest(name.first, name.second));
    EXPECT_TRUE(again.ok()) << again.status();
    EXPECT_TRUE(again->repeated);
    EXPECT_EQ(again->first_position, position);
  }
  int unknown_but_stored = 0;
  for (int writer = 0; writer < kCrashWriters; ++writer) {
    uint64_t next = 0;
    for (const auto& [name, position] : acknowledged) {
      if (name.first == writer) next = name.second + kCrashEvents;
    }
    if (next == 0) continue;
    const bool was_stored = stored.contains({writer, next});
    const auto again = AppendNow(log, CrashRequest(writer, next));
    EXPECT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(again->repeated, was_stored);
    unknown_but_stored += was_stored ? 1 : 0;
  }
  return unknown_but_stored;
}

TEST(RocksEventLogCrash, LosesNothingThatWasAcknowledgedAndTearsNothing) {
  sakip::testing::TempDir directory;
  std::mt19937 random(kSeed);
  size_t acknowledged_requests = 0;
  int unknown_but_stored = 0, killed_in_open = 0;
  for (int cycle = 0; cycle < kCycles && !::testing::Test::HasFailure(); ++cycle) {
    SCOPED_TRACE(absl::StrCat("cycle ", cycle, " of seed ", kSeed));
    Child child(directory.path());
    if (random() % 4 != 0) child.ReadUntilOpen();
    child.ReadUntil(absl::Now() + absl::Microseconds(random() % 25'000));
    const Positions acknowledged = Acknowledged(child.Kill());
    killed_in_open += child.opened() ? 0 : 1;

    auto log = RocksEventLog::Open({.directory = directory.path()});
    ASSERT_TRUE(log.ok()) << log.status();
    const auto records = ReadAll(**log, {.records = 10'000, .bytes = 1 << 20});
    ASSERT_TRUE(records.ok()) << records.status();
    EXPECT_TRUE(CheckHistory(*records).ok()) << CheckHistory(*records);
    const Positions stored = Stored(*records);
    for (const auto& [name, position] : acknowledged) {
      const auto found = stored.find(name);
      ASSERT_NE(found, stored.end()) << "an acknowledged request is lost: writer " << name.first
                                     << " revision " << name.second;
      EXPECT_EQ(found->second, position);
    }
    unknown_but_stored += Retry(**log, acknowledged, stored);
    acknowledged_requests += acknowledged.size();
  }
  RecordProperty("acknowledged", static_cast<int>(acknowledged_requests));
  std::cout << "cycles " << kCycles << ", acknowledged " << acknowledged_requests
            << ", stored without an answer " << unknown_but_stored << ", killed while opening "
            << killed_in_open << "\n";
  EXPECT_GT(acknowledged_requests, 0u);
}

}  // namespace
}  // namespace sakip::eventlog
