#!/usr/bin/env bats
# --lang vi: headings, numbers, units, notes and sentences of tables; machine formats stay as they are.

setup() {
	KENG=$(realpath "${KENG:-build/keng}")
	FILE="$BATS_TEST_TMPDIR/panel.csv"
	printf 'place,year,cases\na,2000,10.5\na,2001,1100\na,2002,1300\nb,2000,0\nb,2001,7\n' > "$FILE"
}

@test "a table for readers" {
	run "$KENG" growth "$FILE" --time year --value cases --by place --method change --lang vi --format table
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "Tăng trưởng của cases theo place" ]
	[[ "${lines[1]}" == *"Phương pháp: thay đổi"*"Đơn vị: % mỗi năm"* ]]
	[[ "${lines[2]}" == *"Ước lượng"*"Ghi chú"* ]]
	[[ "$output" == *"10.376"* ]]
	[[ "$output" == *"18,18"* ]]
	[[ "$output" == *"mới xuất hiện: từ không lên giá trị dương: không có tốc độ thay đổi"* ]]
}

@test "csv and json are the same in every language" {
	for format in csv json; do
		en=$("$KENG" growth "$FILE" --time year --value cases --by place --format $format --quiet)
		vi=$("$KENG" growth "$FILE" --time year --value cases --by place --format $format --quiet --lang vi)
		[ -n "$en" ]
		[ "$en" = "${vi/\"language\": \"vi\"/\"language\": \"en\"}" ]
	done
}

@test "remarks on standard error" {
	run "$KENG" growth "$FILE" --time year --value cases --where 'year > 9999' --lang vi
	[[ "$output" == *'Không dòng nào thỏa --where "year > 9999": không có gì để tính.'* ]]
}

@test "terms and methods read as words where readers see them, ids in CSV, names of columns as they are" {
	printf 'year,n,rate\n2000,10,1\n2001,12,2\n2002,15,2.5\n2003,17,4\n2004,21,4.5\n' > "$BATS_TEST_TMPDIR/d.csv"
	run "$KENG" growth "$BATS_TEST_TMPDIR/d.csv" --time year --value n --method cagr,log-linear --lang vi --format table
	[[ "$output" == *"tốc độ tăng bình quân năm"* ]]
	[[ "$output" == *"thay đổi % hằng năm"* ]]
	[[ "$output" != *doubling_time* ]]
	run "$KENG" growth "$BATS_TEST_TMPDIR/d.csv" --time year --value n --lang vi --format csv --quiet
	[[ "${lines[1]}" == *,cagr,cagr,* ]]
	run "$KENG" regress "$BATS_TEST_TMPDIR/d.csv" --formula 'n ~ rate' --lang vi --format markdown
	[[ "$output" == *"| hệ số chặn"*"| rate "* ]]
	run "$KENG" growth "$BATS_TEST_TMPDIR/d.csv" --time year --value n --format table
	[[ "$output" == *doubling_time* ]]
}

@test "notes of tables are words, each id has some; csv keeps the ids" {
	printf '%s\n' 'y,v' '2010,0' '2011,5' '2012,9' > "$BATS_TEST_TMPDIR/zero.csv"
	run "$KENG" growth "$BATS_TEST_TMPDIR/zero.csv" --time y --value v --method change --lang vi --format markdown
	[[ "$output" == *"| mới xuất hiện |"* ]]
	[[ "$output" == *"mới xuất hiện: từ không lên giá trị dương"* ]]
	run "$KENG" growth "$BATS_TEST_TMPDIR/zero.csv" --time y --value v --method change --lang vi --format csv
	[[ "$output" == *",new"* ]]
	for id in $(sed -n 's/^KG_WHY([A-Z_]*, "\([a-z-][a-z-]*\)".*/\1/p' "$BATS_TEST_DIRNAME/../../analysis/base/why.def"); do
		grep -q "^KG_CELL(\"note\", \"$id\", " "$BATS_TEST_DIRNAME/../../analysis/report/cell.def"
	done
}

@test "breaks of a series go by the descriptor's label_vi, in text and figure" {
	cd "$BATS_TEST_DIRNAME/../.."
	for lang in en vi; do
		"$KENG" growth datasets/hoa-binh-2020/population-province-year.csv --time year --value population --lang $lang --format markdown \
			--plot "$BATS_TEST_TMPDIR/$lang.svg" > "$BATS_TEST_TMPDIR/$lang.md"
	done
	grep -q 'The series breaks at 2008 (boundary change)' "$BATS_TEST_TMPDIR/en.md"
	grep -q 'Chuỗi đứt đoạn tại 2008 (đổi địa giới)' "$BATS_TEST_TMPDIR/vi.md"
	grep -q 'boundary change' "$BATS_TEST_TMPDIR/en.svg"
	grep -q 'đổi địa giới' "$BATS_TEST_TMPDIR/vi.svg"
}

@test "periods are written as Vietnamese readers do, in tables as in figures" {
	cd "$BATS_TEST_TMPDIR"
	printf 'day,v\n2020-01-31,3\n2021-07-02,5\n2022-03-01,6\n' > days.csv
	printf 'month,v\n2020-05,3\n2020-06,5\n' > months.csv
	printf 'quarter,v\n2020-Q1,3\n2020-Q2,5\n' > quarters.csv
	run "$KENG" growth days.csv --time day --value v --lang vi --format markdown
	[[ "$output" == *"| 31/01/2020 | 01/03/2022 |"* ]]
	run "$KENG" growth months.csv --time month --value v --method change --lang vi --format markdown
	[[ "$output" == *"| 05/2020 | 06/2020 | 06/2020 "* ]]
	run "$KENG" growth quarters.csv --time quarter --value v --method change --lang vi --format markdown
	[[ "$output" == *"| Quý I/2020 | Quý II/2020 | Quý II/2020 "* ]]
	run "$KENG" growth quarters.csv --time quarter --value v --method change --lang vi --format csv
	[[ "$output" == *"2020-Q1,2020-Q2,2020-Q2,change,"* ]]
}

@test "a method means what its program means by it, and terms that are the user's names stay" {
	cd "$BATS_TEST_TMPDIR"
	printf 'year,new,rank\n2000,1,3\n2001,3,1\n2002,5,4\n2003,7,1\n2004,8,5\n2005,6,9\n2006,4,2\n2007,2,6\n' > d.csv
	run "$KENG" diffusion d.csv --time year --value new --flow --method logistic --lang vi --format markdown
	[[ "$output" == *"| mức bão hòa "* && "$output" == *"| thời điểm đỉnh "* ]]
	run "$KENG" regress d.csv --formula 'new ~ rank' --lang vi --format markdown
	[[ "$output" == *"| rank "* && "$output" == *"| hệ số chặn "* ]]
	run "$KENG" trend d.csv --time year --value new --covariate rank --method partial --lang vi --format markdown
	[[ "$output" == *"Mann-Kendall riêng phần"* ]]
}

# A table whose columns, units and source have names in both languages.
write_package() {
	cd "$BATS_TEST_TMPDIR"
	cat > datapackage.json <<-'END'
	{"name": "p", "resources": [{"name": "series", "path": "series.csv",
	 "sources": [{"title": "GSO yearbook", "title_vi": "Niên giám thống kê"}],
	 "schema": {"fields": [
	  {"name": "district", "type": "string", "title": "District", "title_vi": "Huyện"},
	  {"name": "year", "type": "year", "title_vi": "Năm"},
	  {"name": "population", "type": "integer", "title": "Population", "title_vi": "Dân số", "unit": "persons", "unit_vi": "nhân khẩu"},
	  {"name": "cases", "type": "integer", "unit": "cases", "unit_vi": "vụ"},
	  {"name": "households", "type": "integer", "title_vi": "Hộ gia đình"}]}}]}
	END
	printf '%s\n' district,year,population,cases,households A,2018,5000,12,1200 A,2019,5100,9,1210 A,2020,5200,10,1220 \
		B,2018,7000,22,1700 B,2019,7200,19,1720 B,2020,7100,25,1740 > series.csv
}

@test "columns, units and sources go by the descriptor's title_vi and unit_vi, else title, else the name" {
	write_package
	run "$KENG" growth series.csv --time year --value population --by district --lang vi --format markdown
	[ "${lines[0]%%.*}" = "**Tăng trưởng của dân số theo huyện" ]
	[[ "${lines[1]}" == "| Huyện "* ]]
	[[ "$output" == *"Nguồn: Niên giám thống kê."* ]]
	run "$KENG" growth series.csv --time year --value population --by district --format markdown
	[ "${lines[0]%%.*}" = "**Growth of population by district" ]
	[[ "${lines[1]}" == "| District "* && "$output" == *"Source: GSO yearbook."* ]]
	run "$KENG" participation series.csv --count cases --population households --by district --aggregate sum --lang vi --format markdown
	[[ "${lines[0]}" == *"Mức tham gia: cases trên hộ gia đình theo huyện."*"Đơn vị: vụ trên 1.000 hộ gia đình"* ]]
	[[ "$output" == *"'cases' trên 1.000 'hộ gia đình': từ "* ]]
	run "$KENG" participation series.csv --count cases --population households --by district --aggregate sum --format markdown
	[[ "${lines[0]}" == *"cases per households by district."*"Unit: cases per 1000 households"* ]]
}

@test "cells that name columns read as their titles; derived and queried columns keep their names" {
	write_package
	run "$KENG" correlate series.csv --columns population,cases --lang vi --format markdown
	[[ "$output" == *"| Dân số | cases | Dân số \\~ cases "* && "$output" == *"'dân số'"* ]]
	run "$KENG" regress series.csv --formula 'cases ~ population + log(households)' --lang vi --format markdown
	[[ "$output" == *"| Dân số "* && "$output" == *"| log(households) "* ]]
	run "$KENG" describe series.csv --lang vi --format markdown
	[[ "$output" == *"| Hộ gia đình "* && "$output" == *" nhân khẩu "* ]]
	run "$KENG" query series.csv --sql 'SELECT district, sum(cases) AS total, population FROM series GROUP BY district' --lang vi --format markdown
	[[ "${lines[0]}" == "| Huyện "*" total | Dân số (nhân khẩu) |" ]]
	run "$KENG" growth series.csv --let 'rate = cases / population' --time year --value rate --by district --lang vi --format markdown
	[ "${lines[0]%%.*}" = "**Tăng trưởng của rate theo huyện" ]
}

@test "a unit that says the same as the column's name is not said again" {
	write_package
	sed -i 's/"name": "cases", /&"title_vi": "Vụ", /' datapackage.json
	run "$KENG" query series.csv --sql 'SELECT district, cases FROM series' --lang vi --format markdown
	[[ "${lines[0]}" == *" Vụ |" ]]
	run "$KENG" query series.csv --sql 'SELECT district, cases FROM series' --format markdown
	[[ "${lines[0]}" == *" cases |" ]]
	"$KENG" plot bar series.csv --x district --y cases --where 'year = 2020' --lang vi --output unit.svg
	grep -q '>Vụ theo huyện<' unit.svg
	grep -q '>Vụ<' unit.svg
}

@test "figures, too; csv, json and errors know columns by their names alone" {
	write_package
	"$KENG" plot line series.csv --x year --y population --group district --lang vi --output vi.svg
	"$KENG" plot scatter series.csv --x population --y households --group district --output en.svg
	grep -q '>Dân số theo huyện<' vi.svg
	grep -q '>Dân số, nhân khẩu, 2018–2020<' vi.svg
	grep -q 'Nguồn: Niên giám thống kê' vi.svg
	grep -q '>Population, persons<' en.svg
	grep -q '>Households by population<' en.svg
	grep -q 'Source: GSO yearbook' en.svg
	for format in csv json; do
		run "$KENG" growth series.csv --time year --value population --by district --lang vi --format $format --quiet
		[[ "$output" == *district* && "$output" != *Huyện* && "$output" != *"Dân số"* && "$output" != *"Niên giám"* ]]
	done
	run "$KENG" growth series.csv --time year --value populaton --lang vi
	[[ "$output" == *"'populaton' is not a column; did you mean 'population'?"* ]]
}

@test "--lang en,vi draws a figure in both languages; the table is in English" {
	write_package
	run "$KENG" growth series.csv --time year --value population --by district --lang en,vi --format markdown --plot both.svg
	[ "${lines[0]%%.*}" = "**Growth of population by district" ]
	grep -q '>Population by district<' both.svg
	grep -q '>Dân số theo huyện<' both.vi.svg
	mkdir a.b
	"$KENG" plot line series.csv --x year --y population --group district --lang en,vi --output a.b/line.svg
	"$KENG" plot line series.csv --x year --y population --group district --lang vi --output alone.svg
	cmp <(sed 's/--lang [a-z,]*//' alone.svg) <(sed 's/--lang [a-z,]*//' a.b/line.vi.svg)
	run "$KENG" funnel series.csv --count cases --population households --by district --where 'year = 2020' --lang en,vi --plot funnel.svg
	[ "$status" -eq 0 ]
	grep -q 'Funnel of cases per households' funnel.svg
	grep -q 'cases trên hộ gia đình' funnel.vi.svg
}
