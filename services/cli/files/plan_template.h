// PlanTemplate is the files of a plan that nobody has written yet: every kind of document, with
// comments in Indonesian on what goes where. Functions are pure.
#ifndef SAKIP_SERVICES_CLI_FILES_PLAN_TEMPLATE_H_
#define SAKIP_SERVICES_CLI_FILES_PLAN_TEMPLATE_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"

namespace sakip::cli {

struct TemplateOptions {
  std::string agency;          // Its resource name.
  int year = 0;                // Of the annual plan and what goes with it.
  std::string strategic_plan;  // `2021-2026`; empty: five years from `year` on.
};

// Contents of files by name. They read as a plan as they are; what is still missing from them is
// for the server to say.
//
//   INVALID_ARGUMENT  an option is wrong.
absl::StatusOr<std::map<std::string, std::string>> TemplateFiles(const TemplateOptions& options);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_FILES_PLAN_TEMPLATE_H_
