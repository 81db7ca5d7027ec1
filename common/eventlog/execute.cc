#include "common/eventlog/execute.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace sakip::eventlog {
namespace {

// The log's own error tells the revision of the stream, which is not what the caller expects one
// of.
absl::Status TooManyWriters(absl::string_view agency) {
  return MakeError(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                   absl::StrCat("too many others write for ", agency,
                                " at this moment; nothing was stored, retry after RetryInfo"));
}

class Execution : public std::enable_shared_from_this<Execution> {
 public:
  Execution(EventLog& log, Command command, AppendCallback done)
      : log_(log), command_(std::move(command)), done_(std::move(done)) {}

  void Start() {
    if (!AnswerRepeat()) Attempt(1);
  }

 private:
  // Answers where the request was stored before, or cannot be looked up.
  bool AnswerRepeat() {
    auto earlier = log_.FindRequest(command_.agency, command_.request_id, command_.request_digest);
    if (!earlier.ok()) {
      done_(earlier.status());
      return true;
    }
    if (!earlier->has_value()) return false;
    done_(**std::move(earlier));
    return true;
  }

  void Attempt(int number) {
    auto decision = command_.decide();
    if (!decision.ok()) {
      // The first sending of this very request may have been stored since Start looked.
      if (!AnswerRepeat()) done_(decision.status());
      return;
    }
    AppendRequest request{std::move(decision->stream),
                          decision->expected_revision,
                          command_.request_id,
                          command_.request_digest,
                          std::move(decision->actor),
                          std::move(decision->events),
                          command_.deadline};
    log_.Append(std::move(request),
                [self = shared_from_this(), number](absl::StatusOr<AppendResult> result) {
                  if (!absl::IsAborted(result.status())) {
                    self->done_(std::move(result));
                  } else if (number < kAttemptsMax) {
                    self->Attempt(number + 1);
                  } else {
                    self->done_(TooManyWriters(self->command_.agency));
                  }
                });
  }

  EventLog& log_;
  const Command command_;
  const AppendCallback done_;
};

}  // namespace

void Execute(EventLog& log, Command command, AppendCallback done) {
  std::make_shared<Execution>(log, std::move(command), std::move(done))->Start();
}

}  // namespace sakip::eventlog
