// Forms, against a server with canned answers.

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/base/error.h"
#include "services/cli/testing_run.h"

namespace sakip::cli {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

// One row: 8 of 10 orang, 8 of them from the second quarter on; 2021 is not in the system.
constexpr char kEvaluation[] = R"pb(
  name: "regions/35.09/agencies/dinsos/renjaEvaluations/2023Q4"
  agency_display_name: "Dinas Sosial"
  strategic_plan { first_year: 2021 last_year: 2026 }
  earlier_years { year: 2021 state: CELL_STATE_NOT_RECORDED }
  earlier_years { year: 2022 state: CELL_STATE_FINAL }
  rows {
    level: LEVEL_SUB_ACTIVITY
    code: "SK1"
    display_name: "Alat; Bantu"
    objective_code: "S1"
    indicator_code: "SK1.1"
    indicator_display_name: "Orang"
    strategic_target {
      performance { state: CELL_STATE_NOT_PLANNED }
      money { state: CELL_STATE_NOT_RECORDED }
    }
    strategic_realization_before {
      performance {
        state: CELL_STATE_PARTIAL
        measure { value: "5" unit: "orang" }
        years: 2022
        uncounted_years { year: 2021 state: CELL_STATE_NOT_RECORDED }
      }
      money {
        state: CELL_STATE_FINAL
        measure { value: "900000" unit: "Rp" }
        uncounted_years { year: 2021 state: CELL_STATE_NOT_PLANNED }
      }
    }
    annual_target {
      performance {
        state: CELL_STATE_PLANNED
        measure { value: "10" unit: "orang" }
      }
      money {
        state: CELL_STATE_PLANNED
        measure { value: "1000000" unit: "Rp" }
      }
    }
    quarters {
      performance {
        state: CELL_STATE_FINAL
        measure { value: "1" unit: "lembaga" }
      }
      money { state: CELL_STATE_MISSING }
    }
    quarters {
      performance { state: CELL_STATE_NOT_DUE }
      money { state: CELL_STATE_MISSING }
    }
    quarters {
      performance { state: CELL_STATE_MISSING }
      money { state: CELL_STATE_MISSING }
    }
    quarters {
      performance {
        state: CELL_STATE_FINAL
        measure { value: "8" unit: "orang" }
        from_quarter: 2
      }
      money {
        state: CELL_STATE_FINAL
        measure { value: "500000.5" unit: "Rp" }
      }
    }
    annual_realization {
      performance {
        state: CELL_STATE_FINAL
        measure { value: "8" unit: "orang" }
      }
      money {
        state: CELL_STATE_FINAL
        measure { value: "500000.5" unit: "Rp" }
      }
    }
    annual_achievement {
      performance {
        state: CELL_STATE_FINAL
        figure { state: FIGURE_STATE_FINAL value: "80.00" exact: "80" }
      }
      money {
        state: CELL_STATE_FINAL
        figure { state: FIGURE_STATE_FINAL value: "50.00" }
      }
    }
    strategic_achievement { performance { state: CELL_STATE_PARTIAL } }
    responsible_units: "rehsos"
    narrative { constraints: "data terlambat" }
    node_narrative { constraints: "sisa lelang" }
  }
  means {
    level: LEVEL_SUB_ACTIVITY
    annual_achievement {
      performance {
        state: CELL_STATE_FINAL
        figure { state: FIGURE_STATE_FINAL value: "80.00" }
        rating: "T"
        rating_label: "Tinggi"
      }
      counted: 1
      indicators: 1
    }
  }
)pb";

constexpr char kAnalyses[] = R"pb(
  name: "regions/35.09/agencies/dinsos/mandatoryAnalyses/2023Q4"
  agency_display_name: "Dinas Sosial"
  analyses {
    kind: KIND_TARGET_AND_REALIZATION
    presence: PRESENCE_PRESENT
    subjects { code: "IKU1" state: STATE_COMPLETE }
    subjects { code: "IKU2" state: STATE_NOT_NEEDED }
  }
  analyses {
    kind: KIND_EARLIER_YEARS
    presence: PRESENCE_EMPTY
    subjects {
      code: "IKU1"
      display_name: "PSKS"
      state: STATE_LACKING
      needs { kind: KIND_EARLIER_PLAN year: 2021 }
      needs { kind: KIND_FOLLOW_UP }
    }
  }
)pb";

class RunFormTest : public RunTest {
 protected:
  RunFormTest() {
    using google::protobuf::TextFormat;
    EXPECT_TRUE(TextFormat::ParseFromString(
        kEvaluation, forms_.GetRenjaEvaluation_.response.mutable_evaluation()));
    EXPECT_TRUE(TextFormat::ParseFromString(
        kAnalyses, forms_.GetMandatoryAnalyses_.response.mutable_analyses()));
  }

  Outcome Form(const std::string& form, std::vector<std::string> more = {}) {
    std::vector<std::string> args = {"form", form, kDinsos, "--year", "2023", "--quarter", "4"};
    args.insert(args.end(), more.begin(), more.end());
    return Run(args);
  }
};

TEST_F(RunFormTest, AsksForTheNewestOrAStateOfThePast) {
  planning_log_.GetHead_.response.set_end_position(7);
  EXPECT_EQ(Form("e81", {"--verified"}).code, 0);
  EXPECT_EQ(Form("analyses", {"--as-of", "12:34"}).code, 0);
  const auto& evaluation = forms_.GetRenjaEvaluation_.requests.at(0);
  EXPECT_EQ(evaluation.name(), "regions/35.09/agencies/dinsos/renjaEvaluations/2023Q4");
  EXPECT_EQ(evaluation.basis(), scoring::v1::Sources::BASIS_VERIFIED);
  EXPECT_EQ(evaluation.at_least().planning(), 7u);
  const auto& analyses = forms_.GetMandatoryAnalyses_.requests.at(0);
  EXPECT_EQ(analyses.name(), "regions/35.09/agencies/dinsos/mandatoryAnalyses/2023Q4");
  EXPECT_EQ(analyses.as_of().positions().realization(), 34u);
}

TEST_F(RunFormTest, ShowsTheFormAsTables) {
  const std::string out = Form("e81").out;
  EXPECT_THAT(out,
              HasSubstr("Renstra    2021 s.d. 2026\n           2021 tidak tercatat, 2022 final"));
  EXPECT_THAT(out, ContainsRegex("SK1\\.1 +10 orang +1 lembaga +belum jatuh +belum +8 orang\\* "
                                 "+8 orang +80,00"));
  EXPECT_THAT(out, ContainsRegex("SK1 +1\\.000\\.000 .* 500\\.000,5 +500\\.000,5 +50,00"));
  EXPECT_THAT(out, HasSubstr("* (6) K: tanpa 2021 (tidak tercatat): SK1.1\n"));
  EXPECT_THAT(out, HasSubstr("* (11) K: TW II s.d. IV, karena diajukan s.d. triwulan: SK1.1\n"));
  // What was not planned in a year does not lack in it.
  EXPECT_THAT(out, Not(HasSubstr("(6) Rp")));
  EXPECT_THAT(out, HasSubstr("80,00 T (Tinggi)"));
  EXPECT_THAT(out, HasSubstr("SK1.1 kendala: data terlambat"));
  EXPECT_THAT(out, HasSubstr("SK1 anggaran kendala: sisa lelang"));
}

TEST_F(RunFormTest, PrintsTheFormForASpreadsheet) {
  const std::string out = Form("e81", {"--csv"}).out;
  EXPECT_THAT(out, StartsWith("tingkat;kode_sasaran;kode;uraian;kode_indikator;indikator;satuan;"
                              "(5) Target akhir Renstra K;(5) Target akhir Renstra Rp;"));
  EXPECT_THAT(out, HasSubstr("\nSub kegiatan;S1;SK1;\"Alat; Bantu\";SK1.1;Orang;orang;"
                             "tidak direncanakan;tidak tercatat;5;900000;10;1000000;1 lembaga;"
                             "belum dilaporkan;belum jatuh tempo;belum dilaporkan;belum dilaporkan;"
                             "belum dilaporkan;8;500000.5;8;500000.5;80.00;50.00;"));
  EXPECT_THAT(out, HasSubstr(";rehsos;;\"data terlambat; sisa lelang\";"));
}

TEST_F(RunFormTest, PrintsJsonAndRefusesItBesideCsv) {
  EXPECT_THAT(Form("e81", {"--output", "json"}).out, HasSubstr("\"CELL_STATE_NOT_RECORDED\""));
  const Outcome both = Form("e81", {"--csv", "--output", "json"});
  EXPECT_EQ(both.code, 2);
  EXPECT_THAT(both.err, HasSubstr("--csv"));
}

TEST_F(RunFormTest, ShowsTheCheckedList) {
  const std::string out = Form("analyses").out;
  EXPECT_THAT(out, ContainsRegex("1 +Target dan realisasi tahun ini +ada +1 dari 1\n"));
  EXPECT_THAT(out, ContainsRegex("2 +Realisasi dan capaian .* +kosong +0 dari 1\n"));
  EXPECT_THAT(out, HasSubstr("rencana tahunan yang memuat indikator 2021; tindak lanjut"));
  EXPECT_THAT(out, Not(HasSubstr("1. Target")));
}

TEST_F(RunFormTest, SaysWhyAServerRefuses) {
  forms_.GetMandatoryAnalyses_.error =
      MakeError(absl::StatusCode::kNotFound, "SCORECARD_NOT_FOUND", "no annual plan");
  const Outcome outcome = Form("analyses");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("form analyses"), HasSubstr("no annual plan")));
  EXPECT_EQ(Run({"form", "e81", "dinsos", "--year", "2023", "--quarter", "4"}).code, 2);
  EXPECT_THAT(forms_.GetRenjaEvaluation_.requests, IsEmpty());
}

}  // namespace
}  // namespace sakip::cli
