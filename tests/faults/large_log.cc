#include "tests/faults/large_log.h"

#include <algorithm>
#include <deque>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/backup/backup_folder.h"
#include "common/backup/log_backup.h"
#include "common/base/log.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/note/checkpoint.h"
#include "common/note/key_file.h"
#include "common/note/note.h"
#include "common/testing/temp_dir.h"

namespace sakip::faults {
namespace {

using eventlog::RocksEventLog;

constexpr absl::Duration kRestoreMax = absl::Seconds(60);
constexpr size_t kPayloadBytes = 500;
constexpr uint64_t kEventsPerRequest = 100;
constexpr uint64_t kStreams = 50;
constexpr size_t kInFlight = 32;
constexpr char kOrigin[] = "sakip.test/log";

// Bytes that no table can make smaller.
std::string RandomPayload(std::mt19937_64& random) {
  std::string payload(kPayloadBytes, '\0');
  for (char& byte : payload) byte = static_cast<char>(random());
  return payload;
}

void Fill(RocksEventLog& log, uint64_t events, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::deque<eventlog::FutureAnswer> in_flight;
  const auto wait_for_oldest = [&] {
    SAKIP_CHECK(Wait(in_flight.front()).ok());
    in_flight.pop_front();
  };
  for (uint64_t first = 0; first < events; first += kEventsPerRequest) {
    std::vector<std::string> payloads;
    const uint64_t count = std::min(kEventsPerRequest, events - first);
    for (uint64_t i = 0; i < count; ++i) payloads.push_back(RandomPayload(random));
    const uint64_t request = first / kEventsPerRequest;
    const uint64_t stream = request % kStreams;
    in_flight.push_back(StartAppend(
        log,
        eventlog::TestRequest(
            absl::StrCat("request-", request), request / kStreams * kEventsPerRequest,
            absl::StrCat("regions/35.09/agencies/a", stream % 7, "/streams/", stream), payloads)));
    if (in_flight.size() == kInFlight) wait_for_oldest();
  }
  while (!in_flight.empty()) wait_for_oldest();
}

uint64_t MillisecondsSince(absl::Time begin) {
  return static_cast<uint64_t>(absl::ToInt64Milliseconds(absl::Now() - begin));
}

}  // namespace

void RestoreLargeLog(uint64_t events, uint64_t seed, Report& report) {
  const sakip::testing::TempDir directory;
  const note::KeyRing keys = note::ParseKeyRing(note::GenerateKey(kOrigin).value()).value();
  auto folder = backup::BackupFolder::Open(directory.File("backups")).value();
  auto log = RocksEventLog::Open({.directory = directory.File("log")}).value();
  Fill(*log, events, seed);
  report.Count("events", log->end_position());
  const merkle::Hash root = log->Tree(events).value().Root();
  const std::string checkpoint =
      note::SignNote(note::CheckpointText({kOrigin, events, std::string(merkle::View(root))}),
                     keys.signers)
          .value();

  absl::Time begin = absl::Now();
  const auto made =
      backup::BackUpLog(*log, directory.File("log"), checkpoint, keys.signers, folder, absl::Now());
  SAKIP_CHECK(made.ok());
  report.Count("backup_ms", MillisecondsSince(begin));
  log = nullptr;

  begin = absl::Now();
  const auto restored =
      backup::RestoreLog(folder, made->manifest.id, keys.verifiers, directory.File("restored"),
                         [](uint64_t, uint64_t) { return true; });
  const absl::Duration took = absl::Now() - begin;
  report.Count("restore_ms", static_cast<uint64_t>(absl::ToInt64Milliseconds(took)));
  if (took > kRestoreMax) report.Violation("too_slow", absl::FormatDuration(took));
  if (!restored.ok()) {
    report.Violation("not_restored", absl::StrCat("large log: ", restored.status().ToString()));
    return;
  }
  log = RocksEventLog::Open({.directory = directory.File("restored")}).value();
  if (log->end_position() != events || log->Tree(events).value().Root() != root) {
    report.Violation("root_different", "large log");
  }
}

}  // namespace sakip::faults
