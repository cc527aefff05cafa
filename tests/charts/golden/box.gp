set encoding utf8
set print '-'
$data << END_OF_DATA
12.1 1 0.65 0
14.3 1 0.9 0


13.4 1 12.75 14.3 0.7 1.3


13.4 0.7 0 0.6


15.9 2 0.675 0
17.625 2 1.275 0


17 2 16.575 17.625 1.7 2.3


17 1.7 0 0.6


-2.5 3 3 0
4.375 3 1.725 0


2.65 3 0.5 4.375 2.7 3.3


2.65 2.7 0 0.6
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 658,401 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Rate by place' at screen 0.0121581,0.962178 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Rate' at screen 0.0121581,0.914589 left font 'Noto Sans,12.67' textcolor rgb '#555555' front
set label 3 'Source: places.csv. Box: quartiles; whiskers: 1.5 interquartile ranges. Rows without a value: 1. n = 11.' at screen 0.0121581,0.0386534 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.0868754
set rmargin at screen 0.98045
set bmargin at screen 0.134663
set tmargin at screen 0.849958
set border 1 back lc rgb '#888888' lw 1
set xrange [-5:20]
set xtics nomirror out scale 0 ('' -5, '' 0, '' 5, '' 10, '' 15, '' 20)
set grid xtics
set yrange [3.5:0.5]
unset ytics
set label 4 '−5' at screen 0.0868754,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 '0' at screen 0.26559,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '5' at screen 0.444305,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '10' at screen 0.62302,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '15' at screen 0.801735,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 '20' at screen 0.98045,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 'Đà Bắc' at screen 0.0777568,0.730743 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 'Lạc Sơn' at screen 0.0777568,0.492311 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 'Kim Bôi' at screen 0.0777568,0.253879 right font 'Noto Sans,12' textcolor rgb '#444444' front
plot $data index 0 using 1:2:3:4 with vectors nohead lc rgb '#0072b2' lw 1.2 notitle, \
  $data index 1 using 1:2:3:4:5:6 with boxxyerror fc rgb '#0072b2' fs transparent solid 0.25 border rgb '#0072b2' lw 1 notitle, \
  $data index 2 using 1:2:3:4 with vectors nohead lc rgb '#0072b2' lw 2.5 notitle, \
  $data index 3 using 1:2:3:4 with vectors nohead lc rgb '#0072b2' lw 1.2 notitle, \
  $data index 4 using 1:2:3:4:5:6 with boxxyerror fc rgb '#0072b2' fs transparent solid 0.25 border rgb '#0072b2' lw 1 notitle, \
  $data index 5 using 1:2:3:4 with vectors nohead lc rgb '#0072b2' lw 2.5 notitle, \
  $data index 6 using 1:2:3:4 with vectors nohead lc rgb '#0072b2' lw 1.2 notitle, \
  $data index 7 using 1:2:3:4:5:6 with boxxyerror fc rgb '#0072b2' fs transparent solid 0.25 border rgb '#0072b2' lw 1 notitle, \
  $data index 8 using 1:2:3:4 with vectors nohead lc rgb '#0072b2' lw 2.5 notitle
unset output
print 'points ', STATS_records
