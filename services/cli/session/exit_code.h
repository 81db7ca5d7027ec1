// ExitCode: what a script learns from sakipctl without reading its text.
#ifndef SAKIP_SERVICES_CLI_SESSION_EXIT_CODE_H_
#define SAKIP_SERVICES_CLI_SESSION_EXIT_CODE_H_

namespace sakip::cli {

enum class ExitCode {
  kOk = 0,
  kRefused = 1,      // The server answered no.
  kUsage = 2,        // Wrong arguments, a bad file, or the output cannot be written.
  kUnreachable = 3,  // No answer in time, or UNAVAILABLE: the same command may work later.
};

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_SESSION_EXIT_CODE_H_
