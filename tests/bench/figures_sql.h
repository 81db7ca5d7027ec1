// The tables of FiguresPeer and the statement that computes its figures.
#ifndef SAKIP_TESTS_BENCH_FIGURES_SQL_H_
#define SAKIP_TESTS_BENCH_FIGURES_SQL_H_

namespace sakip::bench {

inline constexpr char kMakeTables[] = R"sql(
drop table if exists indicators, quarter_targets, budgets, realizations, spendings, figures;
create table indicators (
  agency int, year int, code text, objective text, is_key bool, target numeric);
create table quarter_targets (agency int, year int, code text, quarter int, target numeric);
create table budgets (
  agency int, year int, code text, objective text, program text, activity text, budget numeric);
create table realizations (
  agency int, year int, quarter int, code text, quantity numeric, numerator numeric,
  denominator numeric);
create table spendings (agency int, year int, quarter int, code text, realized numeric);
)sql";

inline constexpr char kIndexTables[] = R"sql(
alter table indicators add primary key (year, agency, code);
alter table quarter_targets add primary key (year, agency, code, quarter);
alter table budgets add primary key (year, agency, code);
alter table realizations add primary key (year, agency, code, quarter);
alter table spendings add primary key (year, agency, code, quarter);
analyze;
)sql";

// What sorts and hashes may take, so that none of them goes to disk.
inline constexpr char kSettings[] = "set work_mem = '256MB'";

// $0 is the year, $1 the quarter. Key indicators are quotients whose last quarter counts, and are
// clamped to 0..100; the others add up. The target of a key indicator is due with the year.
inline constexpr char kComputeFigures[] = R"sql(
create unlogged table figures as
with targets_to_date as (
  select agency, code, sum(target) as target
  from quarter_targets where year = $0 and quarter <= $1
  group by agency, code
), realized as (
  select agency, code, sum(quantity) as quantity,
         max(100 * numerator / denominator) filter (where quarter = $1) as last_share
  from realizations where year = $0 and quarter <= $1
  group by agency, code
), achieved as (
  select i.agency, i.code, i.objective, i.is_key,
         case when i.is_key then least(greatest(100 * r.last_share / i.target, 0), 100)
              else 100 * r.quantity / i.target end as of_year,
         case when i.is_key then
                case when $1 = 4 then least(greatest(100 * r.last_share / i.target, 0), 100) end
              else 100 * r.quantity / t.target end as to_date
  from indicators i
  join realized r using (agency, code)
  left join targets_to_date t using (agency, code)
  where i.year = $0
), objective_means as (
  select agency, objective, avg(of_year) as of_year, avg(to_date) as to_date
  from achieved where is_key group by agency, objective
), agency_means as (
  select agency, avg(of_year) as of_year, avg(to_date) as to_date
  from objective_means group by agency
), spent as (
  select agency, code, sum(realized) as realized
  from spendings where year = $0 and quarter <= $1
  group by agency, code
), absorbed as (
  select b.agency, coalesce(b.code, b.activity, b.program, b.objective, '') as code,
         100 * sum(s.realized) / sum(b.budget) as absorption
  from budgets b join spent s using (agency, code)
  where b.year = $0
  group by grouping sets ((agency), (agency, b.objective), (agency, b.program),
                          (agency, b.activity), (agency, b.code))
)
select agency, 'year' as kind, code, of_year as figure from achieved
union all select agency, 'to_date', code, to_date from achieved
union all select agency, 'year', objective, of_year from objective_means
union all select agency, 'to_date', objective, to_date from objective_means
union all select agency, 'year', '', of_year from agency_means
union all select agency, 'to_date', '', to_date from agency_means
union all select agency, 'absorption', code, absorption from absorbed
)sql";

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_FIGURES_SQL_H_
