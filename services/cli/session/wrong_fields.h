// WrongFields: how many wrong fields a refusal leaves out. Thread-safe, throws nothing.
#ifndef SAKIP_SERVICES_CLI_SESSION_WRONG_FIELDS_H_
#define SAKIP_SERVICES_CLI_SESSION_WRONG_FIELDS_H_

#include <string>

#include "absl/status/status.h"

namespace sakip::cli {

// `and 275 more wrong fields` where the fact kWrongFields of `status` counts more of them than
// travelled with it: the details of an answer have room for some only. Empty where all are there.
std::string WrongFieldsLeftOut(const absl::Status& status);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_SESSION_WRONG_FIELDS_H_
