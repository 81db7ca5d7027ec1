#include "services/cli/files/plan_template.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "services/cli/csv/plan_table.h"

namespace sakip::cli {
namespace {

constexpr char kAgency[] =
    R"(# Perangkat daerah. Isi di antara tanda kutip; yang tidak ada dibiarkan kosong atau dihapus.
# Jabatan saja, jangan nama orang.
name: {agency}
revision: 1
display_name: ""       # Wajib, mis. Dinas Sosial Kabupaten Jember.
government: ""         # Wajib, mis. Pemerintah Kabupaten Jember.
head_office: ""        # Jabatan kepala, mis. Kepala Dinas Sosial Kabupaten Jember.
superior_office: ""    # Atasan kepala, mis. Bupati Jember.
legal_basis: ""        # Peraturan pembentukan.
units:                 # Bidang, sekretariat, UPTD; ulangi barisnya untuk tiap unit.
  - code: ""           # Wajib: huruf kecil, angka, tanda hubung, mis. rehsos.
    display_name: ""   # Wajib.
# Keadaan pegawai; hapus tanda # jika diisi.
# staffing:
#   counted_on: ""     # Tanggal, mis. 2023-12-31.
#   tables:
#     - title: ""      # Mis. jabatan, golongan, pendidikan.
#       counts:
#         - category: ""
#           civil_servants: 0
#           others: 0
)";

constexpr char kStrategicPlan[] =
    R"(# Renstra. Kode dari 1 sampai 64 huruf, angka, titik, garis; kode yang sama di semua dokumen.
{heading}
strategic_plan:
  first_year: {first_year}
  last_year: {last_year}
  regional_missions:           # Misi RPJMD yang didukung.
    - code: ""                 # Wajib.
      display_name: ""         # Wajib.
      goals:                   # Tujuan RPJMD.
        - code: ""
          display_name: ""
          objectives:          # Sasaran RPJMD.
            - code: ""
              display_name: ""
  goals:                       # Tujuan Renstra.
    - code: ""                 # Wajib.
      display_name: ""         # Wajib.
      regional_objective_code: ""   # Kode sasaran RPJMD di atas.
      objectives:              # Sasaran strategis.
        - code: ""             # Wajib.
          display_name: ""     # Wajib.
          indicators:
            - code: ""         # Wajib.
              display_name: "" # Wajib.
              targets:         # Angka biasa dengan titik, mis. 90.2; hapus tahun tanpa target.
{targets})";

constexpr char kDecree[] =
    R"(# Keputusan tentang Indikator Kinerja Utama (IKU).
{heading}
key_indicator_decree:
  year: {year}
  decree_number: ""            # Wajib: nomor keputusan.
  decree_date: ""              # Wajib: tanggal keputusan, mis. {year}-01-03.
  title: ""                    # Tentang.
  indicators:                  # Ulangi untuk tiap IKU.
    - indicator_code: ""       # Wajib.
      display_name: ""         # Wajib.
      objective_code: ""       # Kode sasaran yang diukur.
      formula_text: ""         # Rumus sebagaimana tercetak.
      ratio:                   # Hapus jika rumusnya bukan pembilang / penyebut.
        numerator: ""          # Pembilang: yang dihitung.
        denominator: ""        # Penyebut.
      responsible_units: []    # Kode unit penanggung jawab, mis. [rehsos, linjamsos].
      data_source: ""          # Sumber data.
)";

constexpr char kAnnualPlan[] =
    R"(# RKT / Renja. Sasaran sampai sub kegiatan ada di tabel di sebelahnya.
{heading}
annual_plan:
  year: {year}
  stated_budget: ""            # Jumlah pagu sebagaimana tercetak, rupiah, mis. 60063906776.
table:
  file: 04-annual-plan.csv     # Kepala tabel dan arti kolomnya sudah ada di berkas itu.
  # Cara menulis angka di tabel: indonesian (1.813,5; Rp25.000,-) atau plain (1813.5; 25000).
  number_format: indonesian
)";

constexpr char kAgreement[] =
    R"(# Perjanjian Kinerja. Angka dengan titik, mis. 90.2; rupiah tanpa titik, mis. 5890127000.
{heading}
performance_agreement:
  year: {year}
  first_party: ""              # Jabatan pihak pertama.
  second_party: ""             # Jabatan pihak kedua.
  signing_date: ""             # Tanggal, mis. {year}-01-03.
  targets:                     # Ulangi untuk tiap indikator.
    - indicator_code: ""       # Wajib: kode di RKT.
      target: {value: "", unit: ""}   # Wajib.
  program_budgets:             # Ulangi untuk tiap program.
    - program_code: ""         # Wajib: kode di RKT.
      budget: ""               # Wajib.
      funding_source: ""       # Sumber dana.
  stated_budget: ""            # Jumlah sebagaimana tercetak.
)";

constexpr char kActionPlan[] =
    R"(# Rencana Aksi. Target triwulan ada di tabel di sebelahnya: satu baris satu indikator.
{heading}
action_plan:
  year: {year}
table:
  file: 06-action-plan.csv
  # Cara menulis angka di tabel: indonesian (1.813,5; Rp25.000,-) atau plain (1813.5; 25000).
  number_format: indonesian
)";

constexpr char kHeading[] =
    R"(name: {agency}/{document}
revision: 1                    # Perubahan diberi nomor berikutnya, di berkas tersendiri.
effective_date: ""             # Wajib: berlaku sejak, mis. {first_day}.
reason: ""                     # Wajib mulai revisi 2: mengapa diubah.
legal_basis: ""                # Nomor dokumen yang ditandatangani.
notes: "")";

struct Years {
  int first;
  int last;
};

absl::StatusOr<Years> StrategicYears(const TemplateOptions& options) {
  if (options.strategic_plan.empty()) {
    return Years{options.year, std::min(options.year + 4, kYearMax)};
  }
  const std::vector<std::string> parts = absl::StrSplit(options.strategic_plan, '-');
  const auto first = ParseYear(parts.front());
  const auto last = ParseYear(parts.back());
  if (parts.size() != 2 || !first.ok() || !last.ok() || *last < *first) {
    return absl::InvalidArgumentError("--strategic-plan takes its years, such as 2021-2026");
  }
  return Years{*first, *last};
}

std::string TargetLines(Years years) {
  std::string lines;
  for (int year = years.first; year <= years.last; ++year) {
    absl::StrAppend(&lines, "                - {year: ", year,
                    R"(, target: {value: "", unit: ""}})", "\n");
  }
  return lines;
}

}  // namespace

absl::StatusOr<std::map<std::string, std::string>> TemplateFiles(const TemplateOptions& options) {
  const auto agency = ParseAgencyName(options.agency);
  if (!agency.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("--agency ", agency.status().message()));
  }
  if (options.year < kYearMin || options.year > kYearMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("--year takes a year from ", kYearMin, " to ", kYearMax));
  }
  ASSIGN_OR_RETURN(const Years years, StrategicYears(options));
  const std::string year = absl::StrCat(options.year);
  const auto fill = [&](absl::string_view text, absl::string_view document, int first_year) {
    const std::string with_heading = absl::StrReplaceAll(text, {{"{heading}", kHeading}});
    return absl::StrReplaceAll(with_heading, {{"{agency}", options.agency},
                                              {"{document}", document},
                                              {"{year}", year},
                                              {"{first_day}", absl::StrCat(first_year, "-01-02")},
                                              {"{first_year}", absl::StrCat(years.first)},
                                              {"{last_year}", absl::StrCat(years.last)},
                                              {"{targets}", TargetLines(years)}});
  };
  const auto of_year = [&](absl::string_view text, absl::string_view collection) {
    return fill(text, absl::StrCat(collection, "/", year), options.year);
  };
  return std::map<std::string, std::string>{
      {"01-agency.yaml", fill(kAgency, "", options.year)},
      {"02-strategic-plan.yaml",
       fill(kStrategicPlan, absl::StrCat("strategicPlans/", years.first, "-", years.last),
            years.first)},
      {"03-key-indicator-decree.yaml", of_year(kDecree, "keyIndicatorDecrees")},
      {"04-annual-plan.csv", EmptyPlanTable(PlanTableKind::kAnnualPlan)},
      {"04-annual-plan.yaml", of_year(kAnnualPlan, "annualPlans")},
      {"05-performance-agreement.yaml", of_year(kAgreement, "performanceAgreements")},
      {"06-action-plan.csv", EmptyPlanTable(PlanTableKind::kActionPlan)},
      {"06-action-plan.yaml", of_year(kActionPlan, "actionPlans")},
  };
}

}  // namespace sakip::cli
