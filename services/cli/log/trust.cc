#include "services/cli/log/trust.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/durable_file.h"
#include "common/base/status_macros.h"
#include "common/note/key_file.h"
#include "common/note/note.h"
#include "services/cli/text/utf8.h"

namespace sakip::cli {
namespace {

std::string TimeOf(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

std::string HeadJson(const note::SignedCheckpoint& head) {
  nlohmann::ordered_json json = {{"origin", head.checkpoint.origin},
                                 {"size", head.checkpoint.size},
                                 {"root", absl::BytesToHexString(head.checkpoint.root)},
                                 {"witnesses", nlohmann::ordered_json::array()}};
  for (const note::Witnessed& witness : head.witnesses) {
    json["witnesses"].push_back({{"name", witness.name}, {"time", TimeOf(witness.time)}});
  }
  return json.dump(2) + "\n";
}

}  // namespace

CLI::Option* AddTrustedKey(CLI::App& command, TrustArguments& arguments) {
  return command
      .add_option("--trusted-key", arguments.keys,
                  "A verifier key (name+id+key), or a file of them; the log's, and those of "
                  "witnesses to be named; may be given again")
      ->required();
}

absl::StatusOr<eventlog::LogTrust> ReadTrust(const TrustArguments& arguments) {
  eventlog::LogTrust trust;
  for (const std::string& text : arguments.keys) {
    if (auto verifier = note::Verifier::Parse(text); verifier.ok()) {
      trust.verifiers.push_back(*std::move(verifier));
      continue;
    }
    ASSIGN_OR_RETURN(const note::KeyRing ring, note::ReadKeyFile(text));
    trust.verifiers.insert(trust.verifiers.end(), ring.verifiers.begin(), ring.verifiers.end());
  }
  if (arguments.checkpoint_file.empty()) return trust;
  ASSIGN_OR_RETURN(const std::string note,
                   ReadFile(arguments.checkpoint_file, note::kNoteBytesMax));
  ASSIGN_OR_RETURN(const note::SignedCheckpoint older, note::OpenCheckpoint(note, trust.verifiers));
  trust.older = older.checkpoint;
  return trust;
}

void PrintHead(Session& session, absl::string_view text, const note::SignedCheckpoint& head) {
  if (session.options().json) {
    session.out() << HeadJson(head);
    return;
  }
  session.out() << Printable(text) << "\n"
                << Printable(absl::StrCat("  signed by ", head.checkpoint.origin, ": ",
                                          head.checkpoint.size, " records, root ",
                                          absl::BytesToHexString(head.checkpoint.root)))
                << "\n";
  for (const note::Witnessed& witness : head.witnesses) {
    session.out() << Printable(
                         absl::StrCat("  witnessed by ", witness.name, ", ", TimeOf(witness.time)))
                  << "\n";
  }
}

}  // namespace sakip::cli
