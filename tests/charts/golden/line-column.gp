set encoding utf8
set print '-'
$data << END_OF_DATA
2015 12.1
2016 13.4

2018 15.2


2015 12.1
2016 13.4
2018 15.2


2015 18.9
2016 17.2
2017 16.8
2018 15.9


2015 18.9
2016 17.2
2017 16.8
2018 15.9


2015 -2.5
2016 1.5
2017 3.8
2018 6.1


2015 -2.5
2016 1.5
2017 3.8
2018 6.1
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 317,273 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Tỷ suất theo place' at screen 0.0252366,0.944444 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Tỷ suất, 2015–2018' at screen 0.0252366,0.874542 left font 'Noto Sans,12.67' textcolor rgb '#555555' front
set label 3 'Nguồn: places.csv. Số dòng không có giá trị: 1.' at screen 0.0252366,0.111722 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set label 4 'n = 11.' at screen 0.0252366,0.0567766 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.11094
set rmargin at screen 0.721224
set bmargin at screen 0.252747
set tmargin at screen 0.779609
set border 1 back lc rgb '#888888' lw 1
set xrange [2014.94:2018.06]
set xtics nomirror out scale 0.4 ('' 2015, '' 2016, '' 2017, '' 2018)
set grid noxtics
set yrange [-10:20]
set ytics nomirror out scale 0 ('' -10, '' 0, '' 10, '' 20)
set grid ytics
set label 5 '2015' at screen 0.122676,0.203297 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '2016' at screen 0.31828,0.203297 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '2017' at screen 0.513884,0.203297 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '2018' at screen 0.709488,0.203297 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 '−10' at screen 0.0920126,0.252747 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 '0' at screen 0.0920126,0.428368 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 '10' at screen 0.0920126,0.603989 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '20' at screen 0.0920126,0.779609 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 13 'Kim Bôi 6,1' at screen 0.746461,0.535497 left font 'Noto Sans:Bold,12' textcolor rgb '#009e73' front
set label 14 'Đà Bắc 15,2' at screen 0.746461,0.675084 left font 'Noto Sans:Bold,12' textcolor rgb '#0072b2' front
set arrow 1 from screen 0.722106,0.695311 to screen 0.740151,0.675084 nohead lc rgb '#a8a8a8' lw 0.6
set label 15 'Lạc Sơn 15,9' at screen 0.746461,0.727832 left font 'Noto Sans:Bold,12' textcolor rgb '#d55e00' front
set arrow 2 from screen 0.722106,0.707605 to screen 0.740151,0.727832 nohead lc rgb '#a8a8a8' lw 0.6
plot $data index 0 using 1:2 with lines lc rgb '#0072b2' lw 2 dt 1 notitle, \
  $data index 1 using 1:2 with points pt 7 ps 0.45 lc rgb '#0072b2' notitle, \
  $data index 2 using 1:2 with lines lc rgb '#d55e00' lw 2 dt 1 notitle, \
  $data index 3 using 1:2 with points pt 5 ps 0.45 lc rgb '#d55e00' notitle, \
  $data index 4 using 1:2 with lines lc rgb '#009e73' lw 2 dt 1 notitle, \
  $data index 5 using 1:2 with points pt 9 ps 0.45 lc rgb '#009e73' notitle
unset output
print 'points ', STATS_records
