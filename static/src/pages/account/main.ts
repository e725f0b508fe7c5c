/** The page of one's own account (`/account`). */
import '../../shell/start';
import './account-page';
