/** What `motcua simulate` says on stderr and in its help. */
export const simulateMessages = {
  vi: {
    about: 'mô phỏng đồng bộ khi mạng đứt, máy hỏng, đồng hồ sai, trên thời gian ảo',
    seeds: 'các hạt giống, ví dụ 1-200',
    plant: 'cài một lỗi có sẵn để xem có bị bắt không; "list" cho danh sách',
    threads: 'số luồng; mặc định bằng số nhân của máy',
    verbose: 'kể từng việc xảy ra (chạy một luồng)',
    badSeeds: 'Mời cho các hạt giống như --seeds 1-200, số đầu không lớn hơn số cuối.',
    badThreads: 'Số luồng là một số nguyên từ 1 đến 64.',
    unknownPlant: (name: string) => `Không có lỗi cài sẵn "${name}". Mời xem: motcua simulate --plant list`,
    violation: (seed: number, what: string) => `hạt giống ${seed}: ${what}`,
    progress: (done: number, of: number) => `${done}/${of} hạt giống`,
    replay: (seed: number) => `Xem lại một hạt giống: motcua simulate --seeds ${seed}-${seed} --verbose`,
  },
  en: {
    about: 'replication under cut networks, broken machines and wrong clocks, on virtual time',
    seeds: 'the seeds, such as 1-200',
    plant: 'plants a known bug to see whether it is caught; "list" names them',
    threads: 'threads; as many as the machine has cores when absent',
    verbose: 'tells each thing that happens (one thread)',
    badSeeds: 'Give the seeds as --seeds 1-200, the first not above the last.',
    badThreads: 'Threads is a whole number from 1 to 64.',
    unknownPlant: (name: string) => `There is no bug "${name}" to plant. See: motcua simulate --plant list`,
    violation: (seed: number, what: string) => `seed ${seed}: ${what}`,
    progress: (done: number, of: number) => `${done}/${of} seeds`,
    replay: (seed: number) => `Replay one seed: motcua simulate --seeds ${seed}-${seed} --verbose`,
  },
}
