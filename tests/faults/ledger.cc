#include "tests/faults/ledger.h"

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/eventlog/record.h"
#include "common/eventlog/testing/crash_writer.h"
#include "common/merkle/hash.h"
#include "common/merkle/tree.h"

namespace sakip::faults {
namespace {

constexpr eventlog::ReadLimits kReadLimits = {.records = 10'000, .bytes = 1 << 20};

// Parses `writer revision position`; false for other lines.
bool ParseAcknowledged(const std::string& line, Positions& positions) {
  std::istringstream words(line);
  int writer = 0;
  uint64_t revision = 0, position = 0;
  if (!(words >> writer >> revision >> position)) return false;
  positions[{writer, revision}] = position;
  return true;
}

// Finds the requests in the records; reports records that are not exactly what a writer sent.
Positions FindRequests(const std::vector<eventlog::StoredRecord>& records, absl::string_view what,
                       Report& report) {
  std::map<std::pair<int, uint64_t>, std::vector<uint64_t>> found;
  for (uint64_t position = 0; position < records.size(); ++position) {
    const auto record = eventlog::ParseRecord(records[position]);
    const int writer = record.ok() ? record->stream().back() - '0' : -1;
    if (!record.ok() || writer < 0 || writer >= eventlog::kCrashWriters ||
        record->payload() != eventlog::CrashPayload(writer, record->stream_revision())) {
      report.Violation("wrong", absl::StrCat(what, ": record ", position));
      continue;
    }
    const uint64_t before =
        (record->stream_revision() - 1) / eventlog::kCrashEvents * eventlog::kCrashEvents;
    found[{writer, before}].push_back(position);
  }
  Positions positions;
  for (const auto& [name, places] : found) {
    const size_t size = places.size();
    const auto events = static_cast<size_t>(eventlog::kCrashEvents);
    const bool whole = size == events && places.back() - places.front() + 1 == events;
    if (!whole) {
      report.Violation(
          size > events ? "duplicated" : "torn",
          absl::StrCat(what, ": writer ", name.first, " revision ", name.second, ": ", size));
    }
    positions[name] = places.front();
  }
  return positions;
}

// Checks chains, the tree that follows from the bytes, and all rows.
void CheckItself(const eventlog::EventLog& log, const std::vector<eventlog::StoredRecord>& records,
                 absl::string_view what, Report& report) {
  const auto wrong = [&](const absl::Status& status) {
    if (!status.ok()) report.Violation("wrong", absl::StrCat(what, ": ", status.ToString()));
  };
  wrong(eventlog::CheckHistory(records));
  wrong(log.Verify([](uint64_t, uint64_t) { return true; }));
  merkle::Frontier recomputed;
  for (const auto& record : records) recomputed.Append(merkle::HashLeaf(record.record));
  const auto tree = log.Tree(records.size());
  wrong(tree.status());
  if (tree.ok() && tree->Root() != recomputed.Root()) {
    report.Violation("wrong", absl::StrCat(what, ": the tree is not that of the records"));
  }
}

}  // namespace

std::string AcknowledgedLine(int writer, uint64_t revision, uint64_t position) {
  return absl::StrCat(writer, " ", revision, " ", position, "\n");
}

uint64_t Ledger::Note(const std::vector<std::string>& lines) {
  std::vector<std::string> acknowledged;
  Positions parsed;
  for (const std::string& line : lines) {
    if (ParseAcknowledged(line, parsed)) acknowledged.push_back(line);
  }
  journal_.Append(acknowledged);
  return acknowledged.size();
}

Positions Ledger::Read() const { return ReadFile(path_); }

Positions Ledger::ReadFile(const std::string& path) {
  Positions positions;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    SAKIP_CHECK(ParseAcknowledged(line, positions));
  }
  return positions;
}

Positions Ledger::Parse(const std::vector<std::string>& lines) {
  Positions positions;
  for (const std::string& line : lines) ParseAcknowledged(line, positions);
  return positions;
}

std::vector<std::string> LogViolations() {
  return {"lost", "duplicated", "torn", "reordered", "wrong"};
}

uint64_t CheckLog(const eventlog::EventLog& log, const Positions& acknowledged,
                  absl::string_view what, Report& report) {
  const auto records = eventlog::ReadAll(log, kReadLimits);
  if (!records.ok()) {
    report.Violation("wrong", absl::StrCat(what, ": ", records.status().ToString()));
    return 0;
  }
  CheckItself(log, *records, what, report);
  const Positions stored = FindRequests(*records, what, report);
  for (const auto& [name, position] : acknowledged) {
    const auto found = stored.find(name);
    if (found != stored.end() && found->second == position) continue;
    report.Violation(
        found == stored.end() ? "lost" : "reordered",
        absl::StrCat(what, ": writer ", name.first, " revision ", name.second, " at ", position));
  }
  return stored.size();
}

std::vector<std::string> RetryLast(eventlog::EventLog& log, const Positions& acknowledged,
                                   absl::string_view what, Report& report) {
  std::vector<std::string> lines;
  for (int writer = 0; writer < eventlog::kCrashWriters; ++writer) {
    const auto end = acknowledged.lower_bound({writer + 1, 0});
    if (end == acknowledged.begin() || std::prev(end)->first.first != writer) continue;
    const uint64_t last = std::prev(end)->first.second;
    const uint64_t next = last + eventlog::kCrashEvents;
    const auto stored = log.StreamRevision(eventlog::CrashStream(writer));
    const auto again = eventlog::AppendNow(log, eventlog::CrashRequest(writer, last));
    const auto after = eventlog::AppendNow(log, eventlog::CrashRequest(writer, next));
    if (!stored.ok() || !again.ok() || !after.ok()) {
      report.Violation("wrong", absl::StrCat(what, ": a retry failed: ", again.status().ToString(),
                                             " ", after.status().ToString()));
      continue;
    }
    const bool was_stored = *stored > next;
    if (!again->repeated || again->first_position != std::prev(end)->second ||
        after->repeated != was_stored) {
      report.Violation("duplicated", absl::StrCat(what, ": a retry of writer ", writer));
    }
    if (was_stored) report.Count("stored_without_answer");
    lines.push_back(absl::StrCat(writer, " ", next, " ", after->first_position));
  }
  return lines;
}

}  // namespace sakip::faults
