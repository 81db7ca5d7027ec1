// ServerFields: what a file may not say because the server does. Pure functions.
#ifndef SAKIP_SERVICES_CLI_FILES_SERVER_FIELDS_H_
#define SAKIP_SERVICES_CLI_FILES_SERVER_FIELDS_H_

#include <google/protobuf/message.h>

#include "absl/strings/string_view.h"

namespace sakip::cli {

// Whether a field of this name, at the top of any kind of file, is the server's to set. `revision`
// is not among them: a file says which one it is.
bool IsServerField(absl::string_view name);

// Clears those fields.
void ClearServerFields(google::protobuf::Message& message);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_FILES_SERVER_FIELDS_H_
