-- Loads what most statements need, so that the class-data archive holds it.
create table numbers (id int, name string, price decimal(10,2), day date) stored as parquet;
insert into numbers values (1, 'one', 1.50, date '2024-01-01'), (2, 'two', 2.25, date '2024-01-02'), (3, null, 3, null);
create table lines (id int, name string) row format delimited fields terminated by ',';
insert into lines values (1, 'a'), (2, 'b');
select 1;
select count(*) from numbers;
select count(*) from lines;
select n.name, count(*) c, sum(price) s, avg(n.id), min(day), max(day)
from numbers n left join lines l on n.id = l.id
where n.price > 1 and n.name like '%o%' group by n.name having count(*) > 0 order by s desc limit 10;
select upper(name), case when id > 1 then 'big' else 'small' end, cast(id as string), concat(name, '-', id) from numbers order by id;
with w as (select id from numbers union all select id from lines) select distinct id from w where id in (select id from lines);
show tables;
describe numbers;
set hive.execution.engine;
explain select count(*) from numbers;
create view over_numbers as select id, name from numbers where id < 3;
select * from over_numbers;
select id, row_number() over (order by id) from numbers;
show create table numbers;
describe formatted numbers;
