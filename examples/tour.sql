-- A tour of Skep: from text files to partitions and answers.
--
--     ./skep -f examples/tour.sql
--
-- It may be run again and again. ${hivevar:script_dir} is the directory of this file, whatever the
-- working directory; the shell sets it for every script. See data/README.md for whose data it is.

drop database if exists tour cascade;
create database tour comment 'weather of a country that does not exist';
use tour;

-- 1. Tables over the text files: LOAD DATA copies them into the table's directory.

create table stations (
    id string comment 'S and two digits',
    name string,
    region string,
    height int comment 'metres above the sea',
    founded date
)
row format delimited fields terminated by ',';

create table readings (
    station string,
    at timestamp,
    temperature decimal(4,1) comment 'degrees Celsius',
    rain decimal(5,1) comment 'millimetres',
    wind double comment 'metres a second'
)
row format delimited fields terminated by ',';

load data local inpath '${hivevar:script_dir}/data/stations.csv' overwrite into table stations;
load data local inpath '${hivevar:script_dir}/data/readings.csv' overwrite into table readings;

show tables;
describe stations;

select count(*) as readings, count(temperature) as with_temperature, min(at) as first, max(at) as last
from readings;

-- 2. A join and an aggregate: the regions, warmest first.

select s.region,
       count(distinct s.id) as stations,
       round(avg(r.temperature), 1) as mean_temperature,
       sum(r.rain) as rain,
       max(r.wind) as strongest_wind
from stations s
join readings r on r.station = s.id
group by s.region
order by mean_temperature desc;

-- 3. Partitions in Parquet, one directory a month, filled by one statement.

create table monthly (
    station string,
    name string,
    mean_temperature decimal(5,2),
    rain decimal(7,1),
    days_of_frost bigint
)
partitioned by (month string)
stored as parquet;

insert overwrite table monthly partition (month)
select s.id,
       s.name,
       cast(avg(r.temperature) as decimal(5,2)),
       sum(r.rain),
       count(case when r.temperature < 0 then 1 end),
       date_format(r.at, 'yyyy-MM')
from readings r
join stations s on s.id = r.station
group by s.id, s.name, date_format(r.at, 'yyyy-MM');

show partitions monthly;

-- Only the directory of July is read.
select name, mean_temperature, rain
from monthly
where month = '2024-07'
order by mean_temperature desc
limit 5;

-- 4. Subqueries and sets: stations that were never the coldest of a month.

select name
from stations
where id not in (
    select m.station
    from monthly m
    join (select month, min(mean_temperature) as coldest from monthly group by month) c
      on c.month = m.month and c.coldest = m.mean_temperature
)
order by name;

with frost as (
    select name, sum(days_of_frost) as days from monthly group by name
)
select name, days from frost where days > 0
union all
select 'all together', sum(days) from frost
order by days desc, name;

-- 5. A view, and the plan of a query over it.

create view summer as
select name, mean_temperature from monthly where month between '2024-06' and '2024-08';

select name, round(avg(mean_temperature), 1) as mean from summer group by name order by mean desc limit 3;

explain select name, count(*) from summer group by name;
