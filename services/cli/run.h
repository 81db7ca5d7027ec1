// Run is sakipctl without a process: what main() calls, and what tests call.
//
// Thread-safe where the streams are not shared. Nothing but the result goes to `out`; throws
// nothing.
#ifndef SAKIP_SERVICES_CLI_RUN_H_
#define SAKIP_SERVICES_CLI_RUN_H_

#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace sakip::cli {

// What the process knows and the arguments do not say.
struct Environment {
  // The value of an environment variable; empty where it is not set. Required.
  std::function<std::string(const std::string& name)> variable;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int columns = 0;  // Width of the terminal; 0 where unknown.
};

// Runs the command in `args` (without the program's name) and returns the exit code: 0 done, 1 the
// server refused, 2 wrong arguments or a bad file, 3 unreachable or too late.
int Run(const std::vector<std::string>& args, std::ostream& out, std::ostream& err,
        const Environment& environment);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_RUN_H_
