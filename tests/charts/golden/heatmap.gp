set encoding utf8
set print '-'
$data << END_OF_DATA
1 3 0.5 1.5 2.5 3.5
2 3 1.5 2.5 2.5 3.5
3 3 2.5 3.5 2.5 3.5


4 3 3.5 4.5 2.5 3.5


1 1 0.5 1.5 0.5 1.5
2 1 1.5 2.5 0.5 1.5
4 1 3.5 4.5 0.5 1.5
1 2 0.5 1.5 1.5 2.5
2 2 1.5 2.5 1.5 2.5
3 2 2.5 3.5 1.5 2.5
4 2 3.5 4.5 1.5 2.5
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 658,401 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Tỷ suất theo place' at screen 0.0121581,0.962178 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Tỷ suất' at screen 0.0121581,0.914589 left font 'Noto Sans,12.67' textcolor rgb '#555555' front
set label 3 'Nguồn: places.csv. Không có giá trị (1): 2017 (Đà Bắc). n = 11.' at screen 0.0121581,0.0386534 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.0868754
set rmargin at screen 0.833739
set bmargin at screen 0.134663
set tmargin at screen 0.849958
set border 0 back lc rgb '#888888' lw 1
set xrange [0.5:4.5]
unset xtics
set yrange [3.5:0.5]
unset ytics
set label 4 '2015' at screen 0.180233,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 '2016' at screen 0.366949,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '2017' at screen 0.553665,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '2018' at screen 0.740381,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 'Đà Bắc' at screen 0.0777568,0.730743 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 'Lạc Sơn' at screen 0.0777568,0.492311 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 'Kim Bôi' at screen 0.0777568,0.253879 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 '12,1' at screen 0.180233,0.730743 center font 'Noto Sans,12' textcolor rgb '#ffffff' front
set label 12 '13,4' at screen 0.366949,0.730743 center font 'Noto Sans,12' textcolor rgb '#ffffff' front
set label 13 '15,2' at screen 0.740381,0.730743 center font 'Noto Sans,12' textcolor rgb '#ffffff' front
set label 14 '18,9' at screen 0.180233,0.492311 center font 'Noto Sans,12' textcolor rgb '#ffffff' front
set label 15 '17,2' at screen 0.366949,0.492311 center font 'Noto Sans,12' textcolor rgb '#ffffff' front
set label 16 '16,8' at screen 0.553665,0.492311 center font 'Noto Sans,12' textcolor rgb '#ffffff' front
set label 17 '15,9' at screen 0.740381,0.492311 center font 'Noto Sans,12' textcolor rgb '#ffffff' front
set label 18 '−2,5' at screen 0.180233,0.253879 center font 'Noto Sans,12' textcolor rgb '#1a1a1a' front
set label 19 '1,5' at screen 0.366949,0.253879 center font 'Noto Sans,12' textcolor rgb '#1a1a1a' front
set label 20 '3,8' at screen 0.553665,0.253879 center font 'Noto Sans,12' textcolor rgb '#1a1a1a' front
set label 21 '6,1' at screen 0.740381,0.253879 center font 'Noto Sans,12' textcolor rgb '#1a1a1a' front
set label 22 '' at screen 0.862614,0.82845 point pt 5 ps 1 lc rgb '#d55e00' front
set label 23 '11–19 (7)' at screen 0.879331,0.82845 left font 'Noto Sans,12' textcolor rgb '#444444' front
set label 24 '' at screen 0.862614,0.785432 point pt 5 ps 1 lc rgb '#f0b183' front
set label 25 '4–11 (1)' at screen 0.879331,0.785432 left font 'Noto Sans,12' textcolor rgb '#444444' front
set label 26 '' at screen 0.862614,0.742415 point pt 5 ps 1 lc rgb '#f4f4f4' front
set label 27 '−4 – 4 (3)' at screen 0.879331,0.742415 left font 'Noto Sans,12' textcolor rgb '#444444' front
set label 28 '' at screen 0.862614,0.699397 point pt 5 ps 1 lc rgb '#8fbfdc' front
set label 29 '−11 – −4 (0)' at screen 0.879331,0.699397 left font 'Noto Sans,12' textcolor rgb '#444444' front
set label 30 '' at screen 0.862614,0.65638 point pt 5 ps 1 lc rgb '#0072b2' front
set label 31 '−19 – −11 (0)' at screen 0.879331,0.65638 left font 'Noto Sans,12' textcolor rgb '#444444' front
plot $data index 0 using 1:2:3:4:5:6 with boxxyerror fc rgb '#f4f4f4' fs solid 1 border rgb '#ffffff' notitle, \
  $data index 1 using 1:2:3:4:5:6 with boxxyerror fc rgb '#f0b183' fs solid 1 border rgb '#ffffff' notitle, \
  $data index 2 using 1:2:3:4:5:6 with boxxyerror fc rgb '#d55e00' fs solid 1 border rgb '#ffffff' notitle
unset output
print 'points ', STATS_records
