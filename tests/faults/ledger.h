// What the driver of a campaign knows, owned by nobody else: which requests were acknowledged, and
// the comparison of a log with that.
//
// The requests are those of crash_writer.h: each follows from its writer and the revision of the
// writer's stream, so that whoever knows the two knows every byte that must be stored.
#ifndef SAKIP_TESTS_FAULTS_LEDGER_H_
#define SAKIP_TESTS_FAULTS_LEDGER_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/eventlog/event_log.h"
#include "tests/faults/journal.h"
#include "tests/faults/report.h"

namespace sakip::faults {

// First position of each request, by writer and revision of its stream before it.
using Positions = std::map<std::pair<int, uint64_t>, uint64_t>;

// The line that a writer prints for an acknowledged request: `writer revision position`.
std::string AcknowledgedLine(int writer, uint64_t revision, uint64_t position);

// The ledger of one log, in a file of the driver. Not thread-safe.
class Ledger {
 public:
  // Makes the file; ends the process where that fails, as everything here does.
  explicit Ledger(const std::string& path) : path_(path), journal_(path) {}

  // Appends those of the lines that acknowledge a request, and syncs. Returns how many.
  uint64_t Note(const std::vector<std::string>& lines);

  // Reads the file.
  Positions Read() const;
  static Positions ReadFile(const std::string& path);
  // What these lines acknowledge; others are passed over.
  static Positions Parse(const std::vector<std::string>& lines);

 private:
  const std::string path_;
  Journal journal_;
};

// The kinds of violations that CheckLog reports.
std::vector<std::string> LogViolations();

// Compares a log that was opened again with what was acknowledged, and with itself:
//
//   lost        an acknowledged request is not there
//   reordered   it stands elsewhere than was answered
//   torn        a request is there in part
//   duplicated  a request is there twice
//   wrong       bytes, chains, tree or a row are not what follows from the records
//
// `what` says in the report when it was. Returns how many requests the log holds.
uint64_t CheckLog(const eventlog::EventLog& log, const Positions& acknowledged,
                  absl::string_view what, Report& report);

// Asks again, as its writer would, for the last request of each writer and for the one after it,
// which may be stored without an answer: `duplicated` where a repeat is not noticed. Returns the
// lines of what was acknowledged now.
std::vector<std::string> RetryLast(eventlog::EventLog& log, const Positions& acknowledged,
                                   absl::string_view what, Report& report);

}  // namespace sakip::faults

#endif  // SAKIP_TESTS_FAULTS_LEDGER_H_
