// Closes a folder to the other accounts of the machine. The function is thread-safe.
#ifndef SAKIP_COMMON_BASE_PRIVATE_FOLDER_H_
#define SAKIP_COMMON_BASE_PRIVATE_FOLDER_H_

#include <string>

namespace sakip {

// Takes from group and others what they may do in `folder`, which may be a link to one; where there
// is none, nothing happens. Where it cannot, because the folder is another account's or its file
// system has no modes, it writes a warning that names the folder.
void CloseToOthers(const std::string& folder);

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_PRIVATE_FOLDER_H_
