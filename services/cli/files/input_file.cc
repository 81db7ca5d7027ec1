#include "services/cli/files/input_file.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/base/status_macros.h"
#include "services/cli/text/utf8.h"

namespace sakip::cli {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;

// A kind of file: how people call it, and the message that it is.
struct FileKind {
  absl::string_view name;
  absl::string_view command;  // That takes such files.
  const Descriptor* type;
};

std::vector<FileKind> AllKinds() {
  return {{"a plan", "plan publish", planning::v1::PlanDocument::descriptor()},
          {"a submission", "submit", realization::v1::Submission::descriptor()},
          {"an agency", "agency register", planning::v1::Agency::descriptor()},
          {"a code edition", "edition publish", planning::v1::CodeEdition::descriptor()},
          {"a list of reference values", "reference publish",
           planning::v1::PublishReferenceValuesRequest::descriptor()},
          {"a scoring policy", "policy publish",
           planning::v1::PublishScoringPolicyRequest::descriptor()},
          {"a simulation", "simulate", scoring::v1::SimulateScorecardRequest::descriptor()}};
}

// What a file may not say because the server does.
constexpr absl::string_view kServerFields[] = {"state",
                                               "submit_time",
                                               "submitter",
                                               "content_digest",
                                               "entry_count",
                                               "log_position",
                                               "publish_time",
                                               "publisher",
                                               "findings",
                                               "late",
                                               "supersedes",
                                               "changed_since_approval",
                                               "evidence_coverage"};

absl::StatusOr<std::string> ReadBytes(absl::string_view path) {
  errno = 0;  // Streams keep what the system says only here.
  std::ifstream stream{std::string(path), std::ios::binary};
  std::string bytes(kYamlBytesMax + 1, '\0');
  if (stream) stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!stream && !stream.eof()) {
    return absl::NotFoundError(
        absl::StrCat(Printable(path), ": cannot be read: ", std::strerror(errno)));
  }
  bytes.resize(static_cast<size_t>(stream.gcount()));
  return bytes;
}

bool IsServerField(absl::string_view key) {
  return std::find(std::begin(kServerFields), std::end(kServerFields), key) !=
         std::end(kServerFields);
}

// Keys that tell what `type` is; nearly everything has a name.
std::vector<absl::string_view> TellingKeys(const Descriptor& type) {
  std::vector<absl::string_view> keys;
  for (int i = 0; i < type.field_count(); ++i) {
    const std::string& name = type.field(i)->name();
    if (name != "name" && !IsServerField(name)) keys.push_back(name);
  }
  return keys;
}

// How many keys of `root` tell that it is of `type`.
int CountTellingKeys(const YamlNode& root, const Descriptor& type) {
  const std::vector<absl::string_view> keys = TellingKeys(type);
  return static_cast<int>(
      std::count_if(root.entries.begin(), root.entries.end(), [&](const YamlEntry& entry) {
        return std::find(keys.begin(), keys.end(), entry.key) != keys.end();
      }));
}

// What is wrong where more keys of the file are of another kind than of `type`; nullopt where it is
// of this one.
std::optional<FileIssue> CheckKind(const YamlNode& root, const Descriptor& type) {
  FileKind wanted;
  std::vector<FileKind> best;  // The kinds that most keys are of.
  int most = 0;
  for (const FileKind& kind : AllKinds()) {
    if (kind.type == &type) wanted = kind;
    const int count = CountTellingKeys(root, *kind.type);
    if (count > most) best.clear();
    if (count >= most) best.push_back(kind);
    most = std::max(most, count);
  }
  const int count = CountTellingKeys(root, type);
  if (count > 0 && (count == most || best.size() > 1)) return std::nullopt;
  if (most > 0 && best.size() == 1) {
    return FileIssue{root.position, "",
                     absl::StrCat("is ", best[0].name, " and not ", wanted.name, "; `sakipctl ",
                                  best[0].command, "` takes it")};
  }
  return FileIssue{root.position, "",
                   absl::StrCat("is not ", wanted.name, ": it has none of the keys ",
                                absl::StrJoin(TellingKeys(type), ", "))};
}

// Takes the keys that only the server sets out of `root`; an issue for each.
std::vector<FileIssue> TakeServerFields(YamlNode& root, const Descriptor& type) {
  std::vector<FileIssue> issues;
  std::vector<YamlEntry> kept;
  for (YamlEntry& entry : root.entries) {
    if (IsServerField(entry.key) && type.FindFieldByName(entry.key) != nullptr) {
      issues.push_back({entry.key_position, entry.key, "is set by the server; leave it out"});
    } else {
      kept.push_back(std::move(entry));
    }
  }
  root.entries = std::move(kept);
  return issues;
}

absl::Status ToStatus(absl::string_view path, const std::vector<FileIssue>& issues) {
  if (issues.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrJoin(issues, "\n", [&](std::string* out, const FileIssue& issue) {
        absl::StrAppend(out, FormatIssue(path, issue));
      }));
}

absl::Status ParseInto(absl::string_view path, absl::string_view bytes,
                       google::protobuf::Message& message, FieldPositions& positions) {
  ParsedYaml parsed = ParseYaml(bytes);
  RETURN_IF_ERROR(ToStatus(path, parsed.issues));
  YamlNode& root = parsed.root;
  const Descriptor& type = *message.GetDescriptor();
  if (root.kind == YamlNode::Kind::kMap) {
    if (const auto issue = CheckKind(root, type)) return ToStatus(path, {*issue});
  }
  std::vector<FileIssue> issues = TakeServerFields(root, type);
  for (FileIssue& issue : ReadMessage(root, message, positions)) issues.push_back(std::move(issue));
  std::stable_sort(issues.begin(), issues.end(), [](const FileIssue& a, const FileIssue& b) {
    return std::pair(a.position.line, a.position.column) <
           std::pair(b.position.line, b.position.column);
  });
  return ToStatus(path, issues);
}

absl::Status ReadInto(absl::string_view path, google::protobuf::Message& message,
                      FieldPositions& positions) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadBytes(path));
  return ParseInto(path, bytes, message, positions);
}

// The documents of `bytes` that hold anything. Each stands behind as many empty lines as there are
// before it in the file, so that faults are told at their place.
std::vector<std::string> SplitDocuments(absl::string_view bytes) {
  std::vector<std::string> documents;
  std::string document;
  bool holds_anything = false;
  size_t line_number = 0;
  const auto end_document = [&] {
    if (holds_anything) documents.push_back(document);
    document = std::string(line_number, '\n');
    holds_anything = false;
  };
  for (const absl::string_view line : absl::StrSplit(bytes, '\n')) {
    ++line_number;
    const absl::string_view text = absl::StripAsciiWhitespace(line);
    if (absl::StartsWith(line, "---") && text == "---") {
      end_document();
      continue;
    }
    absl::StrAppend(&document, line, "\n");
    holds_anything = holds_anything || (!text.empty() && text[0] != '#');
  }
  end_document();
  return documents;
}

// Moves `revision` from the message, where only the server sets it, to the file.
template <typename Message>
absl::Status TakeRevision(InputFile<Message>& file) {
  const auto position = file.positions.Find("revision");
  if (!position.has_value()) return absl::OkStatus();
  if (file.message.revision() == 0) {
    return ToStatus(file.path, {{*position, "revision", "is 0; the first revision is 1"}});
  }
  file.revision = file.message.revision();
  file.message.clear_revision();
  return absl::OkStatus();
}

// A file that is a request, but for what the command line says.
template <typename Request>
absl::StatusOr<InputFile<Request>> ReadRequestFile(absl::string_view path,
                                                   const std::vector<std::string>& said_elsewhere) {
  InputFile<Request> file{.path = std::string(path)};
  RETURN_IF_ERROR(ReadInto(path, file.message, file.positions));
  for (const std::string& key : said_elsewhere) {
    const auto position = file.positions.Find(key);
    if (!position.has_value()) continue;
    return ToStatus(file.path, {{*position, key, "is said on the command line; leave it out"}});
  }
  return file;
}

}  // namespace

absl::StatusOr<InputFile<planning::v1::PlanDocument>> ReadPlanFile(absl::string_view path) {
  InputFile<planning::v1::PlanDocument> file{.path = std::string(path)};
  RETURN_IF_ERROR(ReadInto(path, file.message, file.positions));
  RETURN_IF_ERROR(TakeRevision(file));
  return file;
}

absl::StatusOr<InputFile<realization::v1::Submission>> ReadSubmissionFile(absl::string_view path) {
  InputFile<realization::v1::Submission> file{.path = std::string(path)};
  RETURN_IF_ERROR(ReadInto(path, file.message, file.positions));
  RETURN_IF_ERROR(TakeRevision(file));
  return file;
}

absl::StatusOr<std::vector<InputFile<realization::v1::Submission>>> ReadSubmissionDocuments(
    absl::string_view path) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadBytes(path));
  std::vector<InputFile<realization::v1::Submission>> files;
  if (bytes.size() > kYamlBytesMax) return ReadSubmissionFile(path).status();
  for (const std::string& document : SplitDocuments(bytes)) {
    InputFile<realization::v1::Submission> file{.path = std::string(path)};
    RETURN_IF_ERROR(ParseInto(path, document, file.message, file.positions));
    RETURN_IF_ERROR(TakeRevision(file));
    files.push_back(std::move(file));
  }
  return files;
}

absl::StatusOr<InputFile<planning::v1::CodeEdition>> ReadCodeEditionFile(absl::string_view path) {
  InputFile<planning::v1::CodeEdition> file{.path = std::string(path)};
  RETURN_IF_ERROR(ReadInto(path, file.message, file.positions));
  return file;
}

absl::StatusOr<InputFile<planning::v1::PublishReferenceValuesRequest>> ReadReferenceValuesFile(
    absl::string_view path) {
  return ReadRequestFile<planning::v1::PublishReferenceValuesRequest>(path,
                                                                      {"request_id", "dry_run"});
}

absl::StatusOr<InputFile<planning::v1::PublishScoringPolicyRequest>> ReadScoringPolicyFile(
    absl::string_view path) {
  return ReadRequestFile<planning::v1::PublishScoringPolicyRequest>(path, {"request_id"});
}

absl::StatusOr<InputFile<scoring::v1::SimulateScorecardRequest>> ReadSimulationFile(
    absl::string_view path) {
  return ReadRequestFile<scoring::v1::SimulateScorecardRequest>(
      path, {"name", "at_least", "basis", "as_of"});
}

absl::StatusOr<InputFile<planning::v1::Agency>> ReadAgencyFile(absl::string_view path) {
  InputFile<planning::v1::Agency> file{.path = std::string(path)};
  RETURN_IF_ERROR(ReadInto(path, file.message, file.positions));
  RETURN_IF_ERROR(TakeRevision(file));
  return file;
}

}  // namespace sakip::cli
