#include "services/realization/domain/evidence.h"

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "common/base/resource_name.h"
#include "common/base/text.h"

namespace sakip::realization {
namespace {

constexpr size_t kTitleCharactersMax = 200;
constexpr size_t kAddressCharactersMax = 2000;
constexpr absl::string_view kHttps = "https://";

constexpr MediaType kMediaTypes[] = {
    {"image/jpeg", "jpg"},
    {"image/png", "png"},
    {"image/webp", "webp"},
    {"application/pdf", "pdf"},
    {"application/msword", "doc"},
    {"application/vnd.ms-excel", "xls"},
    {"application/vnd.ms-powerpoint", "ppt"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"},
    {"application/vnd.oasis.opendocument.text", "odt"},
    {"application/vnd.oasis.opendocument.spreadsheet", "ods"},
};

absl::Status CheckLocation(absl::string_view location) {
  if (location == kStoreLocation) return absl::OkStatus();
  if (absl::StartsWith(location, kHttps) && location.size() > kHttps.size()) {
    return CheckLine(location, 1, kAddressCharactersMax);
  }
  return absl::InvalidArgumentError("is neither `store` nor an address with https://");
}

absl::Status CheckTakenDate(absl::string_view date) {
  absl::CivilDay day;
  if (date.empty()) return absl::OkStatus();
  // Parsing alone would take 2023-1-2 and 2023-02-30.
  if (absl::ParseCivilTime(date, &day) && absl::FormatCivilTime(day) == date) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError("is no date such as 2023-11-02");
}

void AddWhereWrong(const absl::Status& status, const std::string& path, FieldErrors& errors) {
  if (!status.ok()) errors.Add(path, status.message());
}

}  // namespace

absl::Span<const MediaType> MediaTypes() { return kMediaTypes; }

bool IsDigest(absl::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

absl::Status CheckDigest(absl::string_view digest) {
  if (IsDigest(digest)) return absl::OkStatus();
  return absl::InvalidArgumentError("is no SHA-256 of 64 lower-case hexadecimal digits");
}

absl::Status CheckEvidenceSize(uint64_t size_bytes) {
  if (size_bytes >= 1 && size_bytes <= kEvidenceBytesMax) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("is ", size_bytes, "; 1 to ", kEvidenceBytesMax, " bytes"));
}

absl::Status CheckMediaType(absl::string_view media_type) {
  for (const MediaType& type : kMediaTypes) {
    if (type.name == media_type) return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "is none of ", absl::StrJoin(kMediaTypes, ", ", [](std::string* out, const MediaType& type) {
        absl::StrAppend(out, type.name);
      })));
}

void CheckEvidence(const std::vector<Evidence>& evidence, absl::string_view path,
                   FieldErrors& errors) {
  std::set<std::string> digests;
  for (size_t i = 0; i < evidence.size(); ++i) {
    const Evidence& one = evidence[i];
    const std::string at = absl::StrCat(path, ".evidence[", i, "]");
    AddWhereWrong(CheckDigest(one.digest), at + ".digest", errors);
    AddWhereWrong(CheckEvidenceSize(one.size_bytes), at + ".size_bytes", errors);
    AddWhereWrong(CheckMediaType(one.media_type), at + ".media_type", errors);
    AddWhereWrong(CheckLocation(one.location), at + ".location", errors);
    AddWhereWrong(CheckLine(one.title, 0, kTitleCharactersMax), at + ".title", errors);
    AddWhereWrong(CheckTakenDate(one.taken_date), at + ".taken_date", errors);
    if (!digests.insert(one.digest).second) errors.Add(at + ".digest", "repeats one of the line");
  }
}

std::string FormatEvidenceName(const EvidenceName& name) {
  return absl::StrCat(name.agency, "/evidence/", name.digest);
}

absl::StatusOr<EvidenceName> ParseEvidenceName(absl::string_view name) {
  // A digest is longer than what ParseResourceName takes as an id.
  const absl::string_view agency = AgencyOf(name);
  absl::string_view digest = name.substr(agency.size());
  if (agency.empty() || !absl::ConsumePrefix(&digest, "/evidence/") || !IsDigest(digest)) {
    return absl::InvalidArgumentError(
        "is no name such as regions/35.09/agencies/dinsos/evidence/ and a SHA-256 of 64 lower-case "
        "hexadecimal digits");
  }
  return EvidenceName{std::string(agency), std::string(digest)};
}

absl::Status EvidenceNotFound(absl::string_view agency, absl::string_view digest) {
  return MakeError(absl::StatusCode::kNotFound, "EVIDENCE_NOT_FOUND",
                   absl::StrCat("the store of ", agency, " has no evidence ", digest));
}

absl::Status EvidenceDamaged(absl::string_view agency, absl::string_view digest,
                             absl::string_view how) {
  return MakeError(absl::StatusCode::kDataLoss, "EVIDENCE_DAMAGED",
                   absl::StrCat("evidence ", digest, " of ", agency, " ", how,
                                "; it was changed after it was stored"));
}

}  // namespace sakip::realization
