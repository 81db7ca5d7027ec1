// The log that bit_rot_campaign damages, and what it finds when it opens one.
#ifndef SAKIP_TESTS_FAULTS_DAMAGED_LOG_H_
#define SAKIP_TESTS_FAULTS_DAMAGED_LOG_H_

#include <string>
#include <vector>

#include "common/eventlog/event_log.h"

namespace sakip::faults {

// Makes `folder`/pristine, a closed log with a checkpoint, and `folder`/keys, with which it is
// signed. All records are in the write-ahead log, or in tables. An exit code.
int MakeLog(const std::string& folder, bool in_tables);

// How the opening of a damaged log went.
struct Finding {
  std::string outcome;  // refused, harmless, named, or the kind of violation.
  std::string what;     // Empty where there is nothing to say.
};

// Knows what is right. Thread-safe.
class DamagedLog {
 public:
  DamagedLog();

  // Opens the log in `directory` and asks for everything that it holds.
  Finding Examine(const std::string& directory, const std::string& key_file) const;

 private:
  Finding AskForAll(const eventlog::EventLog& log) const;

  std::vector<eventlog::AppendRequest> requests_;
  std::vector<eventlog::AppendResult> results_;  // Of each.
  std::vector<eventlog::StoredRecord> records_;
};

}  // namespace sakip::faults

#endif  // SAKIP_TESTS_FAULTS_DAMAGED_LOG_H_
