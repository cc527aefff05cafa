set encoding utf8
set print '-'
$data << END_OF_DATA
2015 12.1
2016 13.4

2018 15.2

2015 18.9
2016 17.2
2017 16.8
2018 15.9

2015 -2.5
2016 1.5
2017 3.8
2018 6.1


2015 12.1
2016 13.4

2018 15.2


2018 15.2


2015 18.9
2016 17.2
2017 16.8
2018 15.9


2015 -2.5
2016 1.5
2017 3.8
2018 6.1
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 658,401 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set multiplot
set label 1 'Rate by place' at screen 0.0121581,0.962178 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Rate, 2015–2018' at screen 0.0121581,0.914589 left font 'Noto Sans,12.67' textcolor rgb '#555555' front
set label 3 'Source: places.csv. Rows without a value: 1. n = 11.' at screen 0.0121581,0.0386534 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.0534468
set rmargin at screen 0.326087
set bmargin at screen 0.134663
set tmargin at screen 0.827515
set border 1 back lc rgb '#888888' lw 1
set xrange [2014.94:2018.06]
set xtics nomirror out scale 0.4 ('' 2016, '' 2018)
set grid noxtics
set yrange [-10:20]
set ytics nomirror out scale 0 ('' -10, '' 0, '' 10, '' 20)
set grid ytics
set label 4 '2016' at screen 0.146075,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 '2018' at screen 0.320844,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '−10' at screen 0.0443283,0.134663 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '0' at screen 0.0443283,0.365614 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '10' at screen 0.0443283,0.596564 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 '20' at screen 0.0443283,0.827515 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 'Đà Bắc' at screen 0.0534468,0.846218 left font 'Noto Sans:Bold,12' textcolor rgb '#444444' front
plot $data index 0 using 1:2 with lines lc rgb '#d4d4d4' lw 0.6 notitle, \
  $data index 1 using 1:2 with lines lc rgb '#0072b2' lw 2 dt 1 notitle, \
  $data index 2 using 1:2 with points pt 7 ps 0.36 lc rgb '#0072b2' notitle
unset label
unset arrow
set lmargin at screen 0.373893
set rmargin at screen 0.646533
set bmargin at screen 0.134663
set tmargin at screen 0.827515
set border 1 back lc rgb '#888888' lw 1
set xrange [2014.94:2018.06]
set xtics nomirror out scale 0.4 ('' 2016, '' 2018)
set grid noxtics
set yrange [-10:20]
set ytics nomirror out scale 0 ('' -10, '' 0, '' 10, '' 20)
set grid ytics
set label 11 '2016' at screen 0.46652,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '2018' at screen 0.64129,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 13 'Lạc Sơn' at screen 0.373893,0.846218 left font 'Noto Sans:Bold,12' textcolor rgb '#444444' front
plot $data index 0 using 1:2 with lines lc rgb '#d4d4d4' lw 0.6 notitle, \
  $data index 3 using 1:2 with lines lc rgb '#0072b2' lw 2 dt 1 notitle
unset label
unset arrow
set lmargin at screen 0.694338
set rmargin at screen 0.966979
set bmargin at screen 0.134663
set tmargin at screen 0.827515
set border 1 back lc rgb '#888888' lw 1
set xrange [2014.94:2018.06]
set xtics nomirror out scale 0.4 ('' 2016, '' 2018)
set grid noxtics
set yrange [-10:20]
set ytics nomirror out scale 0 ('' -10, '' 0, '' 10, '' 20)
set grid ytics
set label 14 '2016' at screen 0.786966,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 15 '2018' at screen 0.961736,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 16 'Kim Bôi' at screen 0.694338,0.846218 left font 'Noto Sans:Bold,12' textcolor rgb '#444444' front
plot $data index 0 using 1:2 with lines lc rgb '#d4d4d4' lw 0.6 notitle, \
  $data index 4 using 1:2 with lines lc rgb '#0072b2' lw 2 dt 1 notitle
unset multiplot
unset output
print 'points ', STATS_records
