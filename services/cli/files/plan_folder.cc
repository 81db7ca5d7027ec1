#include "services/cli/files/plan_folder.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "services/cli/csv/plan_table.h"
#include "services/cli/files/file_bytes.h"
#include "services/cli/text/utf8.h"

namespace sakip::cli {
namespace {

namespace fs = std::filesystem;

// How the path of a field of a document begins in the request.
constexpr absl::string_view kDocuments = "documents[";

bool IsPlanFile(const fs::path& path) {
  const std::string extension = ExtensionOf(path.string());
  return extension == ".yaml" || extension == ".yml" || extension == ".json";
}

// It is read with the document that names it.
bool IsTable(const fs::path& path) { return ExtensionOf(path.string()) == ".csv"; }

absl::Status AddFiles(const std::string& path, std::vector<std::string>& files) {
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    if (!IsTable(path)) files.push_back(path);
    return absl::OkStatus();
  }
  const size_t before = files.size();
  fs::directory_iterator it(path, error);
  for (; !error && it != fs::directory_iterator(); it.increment(error)) {
    if (!IsPlanFile(it->path()) || it->symlink_status(error).type() == fs::file_type::directory) {
      continue;
    }
    RETURN_IF_ERROR(RefuseIrregular(it->path().string()));
    files.push_back(it->path());
  }
  if (error) {
    return absl::NotFoundError(absl::StrCat(Printable(path), ": ", error.message()));
  }
  if (files.size() == before) {
    return absl::NotFoundError(absl::StrCat(Printable(path), ": has no file .yaml, .yml or .json"));
  }
  std::sort(files.begin() + static_cast<long>(before), files.end());
  return absl::OkStatus();
}

// Every document and the agency are of one agency.
void CheckOneAgency(const PlanFolder& folder, std::vector<std::string>& faults) {
  std::string agency = folder.agency.has_value() ? folder.agency->message.name() : "";
  for (const auto& file : folder.documents) {
    const std::string owner(AgencyOf(file.message.name()));
    if (agency.empty()) agency = owner;
    if (owner == agency) continue;
    const auto position = file.positions.Find("name").value_or(FilePosition());
    faults.push_back(FormatIssue(file.path, {position, "name",
                                             absl::StrCat("is not of ", agency,
                                                          "; import one agency at "
                                                          "a time")}));
  }
}

absl::Status AddAgency(const std::string& path, PlanFolder& folder) {
  InputFile<planning::v1::Agency> agency{.path = path};
  const absl::Status status = ReadAgencyFile(agency);
  if (folder.agency.has_value()) {
    return absl::InvalidArgumentError(absl::StrCat(
        Printable(path), ": is a second agency; the first is ", Printable(folder.agency->path)));
  }
  folder.agency = std::move(agency);
  return status;
}

// Without its list a document would be told that it has none, beside why that could not be read.
bool LacksItsList(const planning::v1::PlanDocument& document) {
  const auto kind = TableKindOf(document);
  return kind.has_value() && !HasList(document, *kind);
}

// Adds what can be read of the file.
absl::Status AddFile(const std::string& path, PlanFolder& folder) {
  InputFile<planning::v1::PlanDocument> document{.path = path};
  const absl::Status status = ReadPlanFile(document);
  // A file of any other kind is told so.
  if (document.other_kind == planning::v1::Agency::descriptor()) return AddAgency(path, folder);
  if (status.ok() || !(document.message.name().empty() || LacksItsList(document.message))) {
    folder.documents.push_back(std::move(document));
  }
  return status;
}

// The file that a field of the request is of, and what the field is called in it.
struct FoundFile {
  FieldPlaces places;
  absl::string_view field;
};

std::optional<FoundFile> FindFile(const PlanFolder& folder, absl::string_view field) {
  if (absl::ConsumePrefix(&field, "agency.") && folder.agency.has_value()) {
    return FoundFile{folder.agency->places(), field};
  }
  size_t index = 0;
  if (!absl::ConsumePrefix(&field, kDocuments) ||
      !absl::SimpleAtoi(field.substr(0, field.find(']')), &index) ||
      index >= folder.documents.size()) {
    return std::nullopt;
  }
  field.remove_prefix(field.find(']') + 1);
  absl::ConsumePrefix(&field, ".");
  return FoundFile{folder.documents[index].places(), field};
}

// What a server says, with places for the paths of fields that it names: `repeats rkt.csv:4:9,
// ...`.
std::string WithPlaces(const PlanFolder& folder, absl::string_view description) {
  const size_t start = description.find(kDocuments);
  if (start == absl::string_view::npos) return std::string(description);
  const absl::string_view path =
      description.substr(start, description.substr(start).find_first_of(" ,;"));
  const auto found = FindFile(folder, path);
  return absl::StrCat(description.substr(0, start),
                      found.has_value() ? FormatPlace(found->places, found->field) : path,
                      WithPlaces(folder, description.substr(start + path.size())));
}

// The same for every way to write the path of a file; a link is not followed.
fs::path Canonical(const fs::path& path) {
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  return fs::weakly_canonical(folder, error) / path.filename();
}

// The tables among `paths` and in the folders among them, as they are called, by canonical path.
std::map<fs::path, fs::path> TablesIn(const std::vector<std::string>& paths) {
  std::map<fs::path, fs::path> tables;
  const auto add = [&](const fs::path& path) {
    if (IsTable(path)) tables.emplace(Canonical(path), path.lexically_normal());
  };
  for (const std::string& path : paths) {
    add(path);
    std::error_code error;
    for (fs::directory_iterator it(path, error); !error && it != fs::directory_iterator();
         it.increment(error)) {
      add(it->path());
    }
  }
  return tables;
}

// A table that nobody reads was forgotten. Says nothing where files could not be read: what they
// name is not known then.
void CheckTablesAreUsed(const std::vector<std::string>& paths, const PlanFolder& folder,
                        std::vector<std::string>& faults) {
  if (!faults.empty()) return;
  std::map<fs::path, fs::path> tables = TablesIn(paths);
  for (const auto& file : folder.documents) {
    if (!file.table.path.empty()) tables.erase(Canonical(file.table.path));
  }
  for (const auto& [canonical, table] : tables) {
    faults.push_back(Printable(absl::StrCat(
        table.string(), ": no document names it; `table: {file: ", table.filename().string(),
        ", number_format: indonesian}` in a document does")));
  }
}

// Puts the revisions of each document in their order, in the places that they had together.
void SortRevisions(std::vector<InputFile<planning::v1::PlanDocument>>& documents) {
  std::map<std::string, std::vector<size_t>> places;
  for (size_t i = 0; i < documents.size(); ++i) {
    places[documents[i].message.name()].push_back(i);
  }
  std::vector<InputFile<planning::v1::PlanDocument>> sorted(documents.size());
  for (const auto& [name, indices] : places) {
    std::vector<size_t> by_revision = indices;
    std::stable_sort(by_revision.begin(), by_revision.end(), [&](size_t a, size_t b) {
      return documents[a].revision < documents[b].revision;
    });
    for (size_t i = 0; i < indices.size(); ++i) {
      sorted[indices[i]] = std::move(documents[by_revision[i]]);
    }
  }
  documents = std::move(sorted);
}

}  // namespace

absl::Status ReadPlanFolder(const std::vector<std::string>& paths, PlanFolder& folder) {
  std::vector<std::string> files;
  for (const std::string& path : paths) RETURN_IF_ERROR(AddFiles(path, files));
  std::vector<std::string> faults;
  for (const std::string& path : files) {
    const absl::Status status = AddFile(path, folder);
    if (status.code() == absl::StatusCode::kNotFound) return status;
    if (!status.ok()) faults.emplace_back(status.message());
  }
  CheckOneAgency(folder, faults);
  CheckTablesAreUsed(paths, folder, faults);
  SortRevisions(folder.documents);
  if (faults.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrJoin(faults, "\n"));
}

absl::StatusOr<PlanFolder> ReadPlanFolder(const std::vector<std::string>& paths) {
  PlanFolder folder;
  RETURN_IF_ERROR(ReadPlanFolder(paths, folder));
  return folder;
}

planning::v1::PublishPlanRequest ToRequest(const PlanFolder& folder) {
  planning::v1::PublishPlanRequest request;
  if (folder.agency.has_value()) {
    *request.mutable_agency() = folder.agency->message;
    request.mutable_agency()->set_revision(folder.agency->revision);
    request.set_parent(folder.agency->message.name());
  }
  for (const auto& file : folder.documents) {
    if (request.parent().empty()) request.set_parent(std::string(AgencyOf(file.message.name())));
    *request.add_documents() = file.message;
    request.mutable_documents()->rbegin()->set_revision(file.revision);
  }
  return request;
}

bool IsInBrokenTable(const PlanFolder& folder, absl::string_view field) {
  const auto found = FindFile(folder, field);
  return found.has_value() && !found->places.table->whole &&
         absl::StartsWith(found->field, found->places.table->field);
}

std::string FormatFault(const PlanFolder& folder, absl::string_view field,
                        absl::string_view description) {
  const std::string text = WithPlaces(folder, description);
  const auto found = FindFile(folder, field);
  if (found.has_value()) return FormatField(found->places, found->field, text);
  return Printable(absl::StrCat(field, field.empty() ? "" : ": ", text));
}

}  // namespace sakip::cli
