// A small log that is the same in every run: what it vouches for is known.
#ifndef SAKIP_TESTS_FUZZ_KNOWN_LOG_H_
#define SAKIP_TESTS_FUZZ_KNOWN_LOG_H_

#include "common/base/log.h"
#include "common/eventlog/testing/history_test_support.h"
#include "common/note/checkpoint.h"
#include "common/note/key.h"

namespace sakip::fuzz {

// Of tests only: its seed is the numbers from 0 to 31.
inline constexpr char kKnownKey[] =
    "PRIVATE+KEY+sakip.test/log+a2dcef10+AQABAgMEBQYHCAkKCwwNDg8Q"
    "ERITFBUWFxgZGhscHR4f";

// Five records.
inline const eventlog::TestHistory& KnownLog() {
  static const eventlog::TestHistory& log = *[] {
    auto* made = new eventlog::TestHistory(note::Signer::Parse(kKnownKey).value());
    made->Grow(5);
    return made;
  }();
  return log;
}

// True where the log said this of itself.
inline bool IsOfKnownLog(const note::Checkpoint& checkpoint) {
  return checkpoint.size <= KnownLog().size() &&
         checkpoint == KnownLog().CheckpointAt(checkpoint.size);
}

}  // namespace sakip::fuzz

#endif  // SAKIP_TESTS_FUZZ_KNOWN_LOG_H_
