// A plan in which every field that a caller writes is filled, for tests that go through all fields.
#ifndef SAKIP_SERVICES_PLANNING_RPC_TESTING_FULL_PLAN_H_
#define SAKIP_SERVICES_PLANNING_RPC_TESTING_FULL_PLAN_H_

#include <google/protobuf/text_format.h>

#include <string>

#include "common/base/log.h"
#include "sakip/planning/v1/code_edition.pb.h"
#include "sakip/planning/v1/planning_service.pb.h"

namespace sakip::planning {

inline constexpr char kTestNomenclature[] = "regions/35/codeEditions/nomenklatur-2021";
inline constexpr char kTestRegions[] = "regions/35/codeEditions/wilayah-2022";

// Of `regions/35.09/agencies/dinsos`; documents in the order strategic plan, decree, annual plan,
// agreement, action plan. It names the two editions above. A value.
inline v1::PublishPlanRequest FullPlan() {
  v1::PublishPlanRequest plan;
  SAKIP_CHECK(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        parent: "regions/35.09/agencies/dinsos"
        request_id: "full"
        agency {
          name: "regions/35.09/agencies/dinsos"
          display_name: "Dinas Sosial Kabupaten Jember"
          government: "Pemerintah Kabupaten Jember"
          head_office: "Kepala Dinas Sosial"
          superior_office: "Bupati Jember"
          legal_basis: "Perbup 26/2023"
          units { code: "rehsos" display_name: "Bidang Rehabilitasi Sosial" }
          staffing {
            counted_on: "2023-12-31"
            tables {
              title: "jabatan"
              counts { category: "Kepala" civil_servants: 1 others: 2 }
            }
          }
          predecessors {
            agency: "regions/35.09/agencies/dinsosnaker"
            succession_date: "2017-01-01"
            note: "bidang sosial"
          }
          region_edition: "regions/35/codeEditions/wilayah-2022"
          revision: 1
        }
        documents {
          name: "regions/35.09/agencies/dinsos/strategicPlans/2021-2026"
          revision: 1
          effective_date: "2021-01-01"
          reason: "awal"
          legal_basis: "Perbup 1/2021"
          notes: "disalin"
          strategic_plan {
            first_year: 2021
            last_year: 2026
            regional_missions {
              code: "M3"
              display_name: "Misi"
              goals {
                code: "M3.T1"
                display_name: "Tujuan RPJMD"
                indicators {
                  code: "MISKIN"
                  display_name: "Penduduk Miskin"
                  targets {
                    year: 2023
                    target { value: "9" unit: "%" }
                  }
                }
                objectives {
                  code: "M3.T1.S1"
                  display_name: "Sasaran RPJMD"
                  indicators {
                    code: "PMKS"
                    display_name: "PMKS"
                    targets {
                      year: 2023
                      target { value: "9" unit: "%" }
                    }
                  }
                }
              }
            }
            goals {
              code: "T1"
              display_name: "Tujuan"
              regional_objective_code: "M3.T1.S1"
              indicators {
                code: "T1.1"
                display_name: "Penurunan"
                targets {
                  year: 2023
                  target { value: "9" unit: "%" }
                }
              }
              objectives {
                code: "S1"
                display_name: "Sasaran"
                indicators {
                  code: "IKU1"
                  display_name: "Persentase PSKS"
                  targets {
                    year: 2023
                    target { value: "90" unit: "%" }
                  }
                }
              }
            }
          }
        }
        documents {
          name: "regions/35.09/agencies/dinsos/keyIndicatorDecrees/2023"
          revision: 1
          effective_date: "2023-01-03"
          key_indicator_decree {
            year: 2023
            decree_number: "800/1365"
            decree_date: "2023-01-03"
            title: "Indikator Kinerja Utama"
            indicators {
              indicator_code: "IKU1"
              display_name: "Persentase PSKS"
              objective_code: "S1"
              formula_text: "a / b x 100"
              ratio { numerator: "a" denominator: "b" }
              responsible_units: "rehsos"
              data_source: "Bidang"
            }
          }
        }
        documents {
          name: "regions/35.09/agencies/dinsos/annualPlans/2023"
          revision: 1
          effective_date: "2023-01-01"
          annual_plan {
            year: 2023
            stated_budget: "1000"
            stated_budget_parts {
              expenditure_kind: EXPENDITURE_KIND_OPERATING
              funding_source: "APBD"
              amount: "1000"
            }
            nomenclature_edition: "regions/35/codeEditions/nomenklatur-2021"
            objectives {
              code: "S1"
              display_name: "Sasaran"
              indicators {
                code: "IKU1"
                display_name: "Persentase PSKS"
                target { value: "90" unit: "%" }
                target_upper { value: "95" unit: "%" }
                formula: FORMULA_RANGE
                time_aggregation: TIME_AGGREGATION_LAST
                ratio { numerator: "a" denominator: "b" }
                weight: "2"
                not_applicable_reason: "-"
                responsible_units: "rehsos"
                data_source: "Bidang"
                legal_basis: "800/1365"
              }
              indicators {
                code: "IKU2"
                display_name: "Bagian tercapai"
                target { value: "100" unit: "%" }
                formula: FORMULA_SHARE_MET
                children: "IKU1"
              }
              programs {
                code: "P1"
                display_name: "Program Rehabilitasi Sosial"
                nomenclature_code: "1.06.04"
                activities {
                  code: "K1"
                  display_name: "Rehabilitasi Sosial Dasar"
                  nomenclature_code: "1.06.04.2.01"
                  sub_activities {
                    code: "SK1"
                    display_name: "Penyediaan Permakanan"
                    nomenclature_code: "1.06.04.2.01.0001"
                    indicators {
                      code: "SK1"
                      display_name: "Jumlah orang"
                      target { value: "60" unit: "orang" }
                    }
                    budget: "1000"
                    budget_parts {
                      expenditure_kind: EXPENDITURE_KIND_CAPITAL
                      funding_source: "DBHCHT"
                      amount: "1000"
                    }
                    outcome: "Tersalurkan"
                    responsible_unit: "rehsos"
                  }
                }
              }
            }
          }
        }
        documents {
          name: "regions/35.09/agencies/dinsos/performanceAgreements/2023"
          revision: 1
          effective_date: "2023-01-03"
          performance_agreement {
            year: 2023
            first_party: "Kepala Dinas Sosial"
            second_party: "Bupati Jember"
            signing_date: "2023-01-03"
            targets {
              indicator_code: "IKU1"
              target { value: "90" unit: "%" }
            }
            targets {
              indicator_code: "IKU2"
              target { value: "100" unit: "%" }
            }
            program_budgets {
              program_code: "P1"
              budget: "1000"
              funding_source: "P-APBD"
              budget_parts { funding_source: "P-APBD" amount: "1000" }
            }
            stated_budget: "1000"
            stated_budget_parts {
              expenditure_kind: EXPENDITURE_KIND_CAPITAL
              funding_source: "P-APBD"
              amount: "1000"
            }
          }
        }
        documents {
          name: "regions/35.09/agencies/dinsos/actionPlans/2023"
          revision: 1
          effective_date: "2023-01-03"
          action_plan {
            year: 2023
            lines {
              indicator_code: "IKU1"
              year_target { value: "90" unit: "%" }
            }
            lines {
              indicator_code: "IKU2"
              year_target { value: "100" unit: "%" }
            }
            lines {
              indicator_code: "SK1"
              year_target { value: "60" unit: "orang" }
              quarters {
                quarter: 1
                target { value: "60" unit: "orang" }
              }
            }
          }
        }
      )pb",
      &plan));
  return plan;
}

// The editions that FullPlan names; each has what it needs.
inline v1::CodeEdition FullPlanEdition(const std::string& name) {
  v1::CodeEdition edition;
  edition.set_name(name);
  edition.set_display_name("Edisi");
  edition.set_legal_basis("Kepmendagri");
  edition.set_valid_from("2021-01-01");
  const auto add = [&](const char* code, const char* display_name) {
    v1::CodeEntry& entry = *edition.add_entries();
    entry.set_code(code);
    entry.set_display_name(display_name);
  };
  if (name == kTestRegions) {
    edition.set_kind(v1::CodeEdition::KIND_REGIONS);
    add("35", "Jawa Timur");
    add("35.09", "Kabupaten Jember");
  } else {
    edition.set_kind(v1::CodeEdition::KIND_NOMENCLATURE);
    add("1.06", "Sosial");
    add("1.06.04", "Program Rehabilitasi Sosial");
    add("1.06.04.2.01", "Rehabilitasi Sosial Dasar");
    add("1.06.04.2.01.0001", "Penyediaan Permakanan");
  }
  return edition;
}

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_TESTING_FULL_PLAN_H_
