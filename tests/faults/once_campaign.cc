// G7: --size submissions, each sent one to six times, several at once. On the durable engine the
// process that sends is killed now and then and sends again; at the end each submission is stored
// exactly once, where every one of its answers said, and its request id with other content is
// refused.
//
//   missing        a submission is not stored
//   duplicated     it is stored twice
//   answers_differ two answers name different places, or a place where it is not
//   reuse_taken    other content under its request id was not refused

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <thread>

#include "absl/flags/flag.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/eventlog/memory_event_log.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/testing/temp_dir.h"
#include "tests/faults/child.h"
#include "tests/faults/journal.h"
#include "tests/faults/report.h"

ABSL_FLAG(std::string, send, "", "Be the sender: append to the log in this folder.");
ABSL_FLAG(uint64_t, first, 0, "The sender's first submission.");

namespace sakip::faults {
namespace {

using eventlog::EventLog;

constexpr uint64_t kShortSubmissions = 20'000;
constexpr uint64_t kBatch = 1000;   // Submissions that one process sends.
constexpr uint64_t kInFlight = 64;  // At the same time.
constexpr uint64_t kCopiesMax = 6;
constexpr uint64_t kAgencies = 100;

// Submission `number`; each has a stream of its own.
eventlog::AppendRequest Submission(uint64_t number) {
  const std::string agency = absl::StrCat("regions/35.09/agencies/a", number % kAgencies);
  return eventlog::TestRequest(absl::StrCat("request-", number), 0,
                               absl::StrCat(agency, "/submissions/", number));
}

// Every submission of the batch, each one to six times, in a random order.
std::vector<uint64_t> Sendings(uint64_t first, uint64_t count, uint64_t seed) {
  std::mt19937_64 random(seed + first);
  std::vector<uint64_t> sendings;
  for (uint64_t number = first; number < first + count; ++number) {
    sendings.insert(sendings.end(), 1 + random() % kCopiesMax, number);
  }
  std::shuffle(sendings.begin(), sendings.end(), random);
  return sendings;
}

// Sends them, many at a time; `answered` is told where each is, in the order sent. False where one
// is refused.
bool Send(EventLog& log, const std::vector<uint64_t>& sendings,
          const std::function<void(uint64_t number, uint64_t position)>& answered) {
  std::deque<std::pair<uint64_t, eventlog::FutureAnswer>> in_flight;
  const auto take = [&] {
    const auto result = eventlog::Wait(in_flight.front().second);
    if (!result.ok()) std::cerr << result.status() << std::endl;
    if (result.ok()) answered(in_flight.front().first, result->first_position);
    in_flight.pop_front();
    return result.ok();
  };
  for (const uint64_t number : sendings) {
    if (in_flight.size() == kInFlight && !take()) return false;
    in_flight.emplace_back(number, eventlog::StartAppend(log, Submission(number)));
  }
  while (!in_flight.empty()) {
    if (!take()) return false;
  }
  return true;
}

// What all answers said, kept by the driver.
class Answers {
 public:
  explicit Answers(Report& report) : report_(report) {}

  void Note(uint64_t number, uint64_t position) {
    report_.Count("answers");
    if (positions_.emplace(number, position).first->second != position) {
      report_.Violation("answers_differ", absl::StrCat("submission ", number));
    }
  }

  // Compares with the log.
  void Check(EventLog& log, uint64_t submissions) {
    const auto records = eventlog::ReadAll(log, {.records = 10'000, .bytes = 1 << 20});
    if (!records.ok()) return report_.Violation("missing", records.status().ToString());
    std::map<std::string, uint64_t> stored;
    for (uint64_t position = 0; position < records->size(); ++position) {
      const auto record = eventlog::ParseRecord((*records)[position]);
      SAKIP_CHECK(record.ok());
      if (!stored.emplace(record->request_id(), position).second) {
        report_.Violation("duplicated", record->request_id());
      }
    }
    for (uint64_t number = 0; number < submissions; ++number) {
      const auto found = stored.find(Submission(number).request_id);
      if (found == stored.end()) {
        report_.Violation("missing", absl::StrCat("submission ", number));
      } else if (positions_[number] != found->second) {
        report_.Violation("answers_differ", absl::StrCat("submission ", number));
      }
      auto other = Submission(number);
      other.request_digest = eventlog::LeafHash("other content");
      const auto reused = AppendNow(log, other);
      if (ErrorReason(reused.status()) != "REQUEST_ID_REUSED") {
        report_.Violation("reuse_taken", reused.status().ToString());
      }
      report_.Count("reuses_refused", reused.ok() ? 0 : 1);
    }
    report_.Count("stored", stored.size());
  }

 private:
  Report& report_;
  std::map<uint64_t, uint64_t> positions_;
};

int BeSender(const std::string& directory, const Arguments& arguments) {
  auto log = eventlog::RocksEventLog::Open({.directory = directory});
  if (!log.ok()) {
    std::cerr << log.status() << std::endl;
    return EXIT_FAILURE;
  }
  const auto sendings = Sendings(absl::GetFlag(FLAGS_first), arguments.size, arguments.seed);
  const bool sent = Send(**log, sendings, [](uint64_t number, uint64_t position) {
    Print(absl::StrCat(number, " ", position, "\n"));
  });
  return sent ? EXIT_SUCCESS : EXIT_FAILURE;
}

// Lets processes send the batch until one was not killed.
void SendBatch(const std::string& directory, uint64_t first, uint64_t count, uint64_t seed,
               std::mt19937_64& random, Journal& journal, Answers& answers, Report& report) {
  while (true) {
    Child child({ThisProgram(), absl::StrCat("--send=", directory), absl::StrCat("--first=", first),
                 absl::StrCat("--size=", count), absl::StrCat("--seed=", seed)});
    const absl::Duration life = absl::Milliseconds(10 + random() % 150);
    const bool killed = random() % 2 == 0 && child.ReadUntil(absl::Now() + life);
    if (killed) child.Kill();
    const int status = child.Wait();
    journal.Append(child.Lines());
    for (const std::string& line : child.Lines()) {
      const std::pair<std::string, std::string> words = absl::StrSplit(line, ' ');
      uint64_t number = 0, position = 0;
      SAKIP_CHECK(absl::SimpleAtoi(words.first, &number));
      SAKIP_CHECK(absl::SimpleAtoi(words.second, &position));
      answers.Note(number, position);
    }
    report.Count("kills", killed ? 1 : 0);
    if (status == 0) return;
    if (!killed) return report.Violation("missing", absl::StrCat("the sender: ", Ended(status)));
  }
}

void RunDurable(const Arguments& arguments, Report& report) {
  sakip::testing::TempDir folder;
  std::mt19937_64 random(arguments.seed);
  Journal journal(folder.File("answers"));
  Answers answers(report);
  for (uint64_t first = 0; first < arguments.size && !report.failed(); first += kBatch) {
    const uint64_t count = std::min(kBatch, arguments.size - first);
    SendBatch(folder.File("log"), first, count, arguments.seed, random, journal, answers, report);
  }
  auto log = eventlog::RocksEventLog::Open({.directory = folder.File("log")});
  if (!log.ok()) return report.Violation("missing", log.status().ToString());
  answers.Check(**log, arguments.size);
}

void RunInMemory(const Arguments& arguments, Report& report) {
  eventlog::MemoryEventLog log;
  Answers answers(report);
  const auto sendings = Sendings(0, arguments.size, arguments.seed);
  const bool sent = Send(
      log, sendings, [&](uint64_t number, uint64_t position) { answers.Note(number, position); });
  if (!sent) report.Violation("missing", "a sending was refused");
  answers.Check(log, arguments.size);
}

}  // namespace
}  // namespace sakip::faults

int main(int argc, char** argv) {
  namespace faults = sakip::faults;
  const auto arguments = faults::ParseArguments(argc, argv, faults::kShortSubmissions);
  if (const std::string directory = absl::GetFlag(FLAGS_send); !directory.empty()) {
    return faults::BeSender(directory, arguments);
  }
  faults::Report report("G7", arguments,
                        {"missing", "duplicated", "answers_differ", "reuse_taken"});
  faults::RunInMemory(arguments, report);
  faults::RunDurable(arguments, report);
  return report.Finish();
}
